"""Drives the sandbox with Google's Python client, made from the discovery document that the sandbox serves."""
import json
import sys
import urllib.request

from google.oauth2.credentials import Credentials
from googleapiclient.discovery import build_from_document
from googleapiclient.errors import HttpError

url = sys.argv[1]


def client(version):
    with urllib.request.urlopen(f"{url}/$discovery/rest?version={version}") as answer:
        document = json.load(answer)
    return build_from_document(document, credentials=Credentials("anything"))


def status(request):
    try:
        request.execute()
        return 200
    except HttpError as error:
        return [error.resp.status, json.loads(error.content)["error"]["message"]]


seen = {}
gtm = client("v2")
containers = gtm.accounts().containers()
container = containers.lookup(tagId="GTM-PYTHON1").execute()
path = container["path"]
workspaces = containers.workspaces()
workspace = workspaces.list(parent=path).execute()["workspace"][0]["path"]

html = [{"type": "template", "key": "html", "value": "<b>"}]
tag = workspaces.tags().create(parent=workspace, body={"name": "A", "type": "html", "parameter": html}).execute()
seen["created"] = tag["name"]
tag["name"] = "B"
updated = workspaces.tags().update(path=tag["path"], fingerprint=tag["fingerprint"], body=tag).execute()
seen["updated"] = updated["name"]
seen["stale"] = status(workspaces.tags().update(path=tag["path"], fingerprint=tag["fingerprint"], body=tag))
seen["duplicate"] = status(workspaces.tags().create(parent=workspace, body={"name": "B", "type": "html", "parameter": html}))
workspaces.built_in_variables().create(parent=workspace, type=["clickUrl", "formId"]).execute()

names = []
request = workspaces.built_in_variables().list(parent=workspace)
while request is not None:
    page = request.execute()
    names += [one["name"] for one in page["builtInVariable"]]
    request = workspaces.built_in_variables().list_next(request, page)
seen["builtIns"] = names

bulk = {"changes": [{"changeStatus": "added", "folder": {"folderId": "new_1", "name": "F"}}]}
seen["bulk"] = workspaces.bulk_update(path=workspace, body=bulk).execute()["changes"][0]["changeStatus"]
version = workspaces.create_version(path=workspace, body={"name": "v"}).execute()["containerVersion"]
containers.versions().publish(path=version["path"]).execute()
seen["live"] = containers.versions().live(parent=path).execute()["name"]
seen["deleted"] = containers.workspaces().delete(path=f"{path}/workspaces/3").execute()

beta = client("v1beta")
events = beta.properties().keyEvents()
event = events.create(parent="properties/9", body={"eventName": "lead", "countingMethod": "ONCE_PER_EVENT"}).execute()
patched = events.patch(name=event["name"], updateMask="countingMethod", body={"countingMethod": "ONCE_PER_SESSION"}).execute()
seen["keyEvent"] = patched["countingMethod"]
seen["events"] = [one["eventName"] for one in events.list(parent="properties/9").execute()["keyEvents"]]
seen["taken"] = status(events.create(parent="properties/9", body={"eventName": "lead", "countingMethod": "ONCE_PER_EVENT"}))
seen["gone"] = events.delete(name=event["name"]).execute()

alpha = client("v1alpha")
settings = alpha.properties().getAttributionSettings(name="properties/9/attributionSettings").execute()
seen["model"] = settings["reportingAttributionModel"]

print(json.dumps(seen))
