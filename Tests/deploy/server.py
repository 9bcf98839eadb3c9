"""A server that plays AWS for one scenario: it answers each operation from a script, in turn, the last answer again and again.

    operations:
      DescribeStacks: [{error: ValidationError, message: Stack with id shop does not exist}]
      DescribeServices: [{services: [...]}, ...]
    events:                       # DescribeStackEvents tells one more step at each call
      shop: [["0 shop CREATE_IN_PROGRESS AWS::CloudFormation::Stack", "1 WebService CREATE_IN_PROGRESS AWS::ECS::Service"], ...]

    record: [RunTask]             # what these were asked is noted, for `-- requests --`

An answer is what the operation returns, as JSON; or `{error: Throttling, message: ..., status: 400}`; or `{drop: true}`, a connection
that ends; `interrupt: true` beside sends Ctrl-C to the command first. It speaks the query, JSON and (for S3) REST protocols, with the
models of botocore.
"""
import http.server
import json
import os
import random
import signal
import threading
import time
import urllib.parse
from datetime import datetime, timezone
from xml.sax.saxutils import escape

import botocore.session

ACCOUNT, REGION = "123456789012", "eu-west-1"
# By how many seconds an answer may be late: what comes must be the same.
JITTER = float(os.environ.get("JITTER", 0))
START = int(datetime(2026, 1, 1, tzinfo=timezone.utc).timestamp())


def stack_arn(name):
    return name if name.startswith("arn:") else f"arn:aws:cloudformation:{REGION}:{ACCOUNT}:stack/{name}/0001"


def time_text(seconds):
    return datetime.fromtimestamp(START + seconds, timezone.utc).strftime("%Y-%m-%dT%H:%M:%S.000Z")


class Script:
    """What is answered, and what was asked."""

    def __init__(self, script):
        self.script = script or {}
        self.answers = {**DEFAULTS, **self.script.get("operations", {})}
        self.counts, self.calls, self.steps, self.looked = {}, [], {}, 0
        self.requests = []
        self.process, self.is_started = None, threading.Event()
        self.lock = threading.Lock()
        # What happens before the Nth look at events is answered.
        self.looks = {}
        # Answers the template that the project has now, for `TemplateBody: RENDERED`.
        self.rendered = lambda: ""

    def started(self, process):
        """The command runs: from now on it can be interrupted."""
        self.process = process
        self.is_started.set()

    def answer(self, service, operation, request):
        time.sleep(random.uniform(0, JITTER))
        if operation == "DescribeStackEvents":
            with self.lock:
                self.looked += 1
                looked = self.looks.pop(self.looked, lambda: None)
            looked()
        with self.lock:
            self.calls.append(f"{service}:{operation}")
            if operation in self.script.get("record", []):
                # Of a template only that there is one.
                shown = {key: "..." if key == "TemplateBody" else value for key, value in request.items()}
                self.requests.append(f"{operation} {json.dumps(shown, indent=1)}\n")
            if operation in ("DescribeStackEvents",) and operation not in self.script.get("operations", {}):
                return self.events(request["StackName"])
            answers = self.answers.get(operation, {})
            if isinstance(answers, dict) and any(key.startswith("of ") for key in answers):
                # Which is asked for may stand in any field: the stack, the service, the log group.
                fits = lambda name: any(name[3:] in str(value) for value in request.values())
                name = next((each for each in answers if each != "else" and fits(each)), "else")
                answers = answers.get(name, {})
                key = f"{operation} {name} {next(iter(request.values()), '')}"
            else:
                key = operation
            answers = answers if isinstance(answers, list) else [answers]
            count = self.counts[key] = self.counts.get(key, -1) + 1
            answer = answers[min(count, len(answers) - 1)]
            if callable(answer):
                answer = answer(request)
            if answer.get("TemplateBody") == "RENDERED":
                answer = {"TemplateBody": self.rendered()}
            return self.interrupt(answer)

    def interrupt(self, answer):
        if answer.get("interrupt"):
            self.is_started.wait()
            os.kill(self.process, signal.SIGINT)
        return {key: value for key, value in answer.items() if key != "interrupt"}

    def events(self, name):
        """The steps so far, the newest event first."""
        plan = self.script.get("events", {})
        key = next((key for key in plan if name == key or f":stack/{key}/" in name), None)
        steps = plan.get(key, [])
        step = self.steps[key] = self.steps.get(key, -1) + 1
        before = self.script.get("before", 1 if key == self.script.get("stack", "shop") else 0)
        shown = [event for events in steps[: max(0, step - before + 1)] for event in events]
        error = next((event for event in steps[step - before : step - before + 1] if isinstance(event, dict)), None)
        if error:
            del steps[step - before]
            self.steps[key] -= 1
            return self.interrupt(error)
        events = [self.event(text, key, number) for number, text in enumerate(shown) if isinstance(text, str)]
        for text in shown:
            if text == {"interrupt": True}:
                self.interrupt(dict(text))
        return {"StackEvents": events[::-1]}

    def event(self, text, stack, number):
        words = text.split(" ", 4)
        seconds, logical, status, kind = words[:4]
        arn = stack_arn(stack)
        physical = f"{logical}-id"
        if logical == stack or (kind == "AWS::CloudFormation::Stack" and logical in stack):
            physical = arn
        elif kind == "AWS::CloudFormation::Stack":
            physical = stack_arn(f"{stack}-{logical}")
        elif kind == "AWS::ECS::Service":
            physical = f"arn:aws:ecs:{REGION}:{ACCOUNT}:service/{stack}/{logical}"
        return {
            "StackId": arn, "EventId": f"{stack}-{number}", "StackName": stack, "LogicalResourceId": logical,
            "PhysicalResourceId": physical, "ResourceType": kind, "Timestamp": time_text(int(seconds)),
            "ResourceStatus": status, **({"ResourceStatusReason": words[4]} if len(words) > 4 else {}),
        }


def change_set_arn(request):
    return f"arn:aws:cloudformation:{REGION}:{ACCOUNT}:changeSet/{request['ChangeSetName']}/0001"


DEFAULTS = {
    "GetCallerIdentity": {"Account": ACCOUNT, "Arn": f"arn:aws:iam::{ACCOUNT}:user/tester", "UserId": "U"},
    "DescribeStacks": {"error": "ValidationError", "message": "Stack with id shop does not exist"},
    "GetTemplate": {"error": "ValidationError", "message": "Stack with id shop does not exist"},
    "CreateChangeSet": lambda request: {"Id": change_set_arn(request), "StackId": stack_arn(request["StackName"])},
    "ListChangeSets": {"Summaries": []},
    "ListTasks": {"taskArns": []},
}


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    script, models = None, {}

    def log_message(self, *_):
        pass

    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        scope = self.headers.get("Authorization", "").split("Credential=")[-1].split("/")
        service = scope[3] if len(scope) > 3 else ""
        target = self.headers.get("X-Amz-Target")
        if service == "s3" or self.command in ("GET", "PUT", "HEAD"):
            return self.s3(body)
        if target:
            operation, request = target.split(".")[-1], json.loads(body or b"{}")
        else:
            form = {key: values[0] for key, values in urllib.parse.parse_qs(body.decode()).items()}
            operation, request = form.pop("Action"), form
            request = {key: value for key, value in request.items() if key != "Version"}
            request = {k: request[k] for k in sorted(request, key=lambda k: k != "ChangeSetName" and k != "StackName")}
        answer = self.script.answer(service, operation, request)
        if answer.get("drop"):
            self.close_connection = True
            return self.connection.close()
        if "error" in answer:
            return self.fail(answer, is_json=bool(target))
        if target:
            return self.send(200, json.dumps(answer).encode(), "application/x-amz-json-1.1")
        shape = self.model(service).operation_model(operation).output_shape
        inner = xml(answer, shape) if shape else ""
        self.send(
            200,
            f"<{operation}Response><{operation}Result>{inner}</{operation}Result></{operation}Response>".encode(),
            "text/xml")

    do_GET = do_PUT = do_HEAD = do_POST

    def s3(self, body):
        operation = "PutObject" if self.command == "PUT" else "ListObjectsV2" if "list-type" in self.path else "GetObject"
        if "versions" in self.path:
            operation = "ListObjectVersions"
        answer = self.script.answer("s3", operation, {"Path": self.path})
        if "error" in answer:
            return self.fail(answer, is_json=False, is_s3=True)
        if operation == "ListObjectsV2":
            keys = "".join(f"<Contents><Key>{escape(key)}</Key><Size>1</Size></Contents>" for key in answer.get("Keys", []))
            return self.send(
                200, f"<ListBucketResult><IsTruncated>false</IsTruncated>{keys}</ListBucketResult>".encode(), "text/xml")
        if operation == "ListObjectVersions":
            keys = "".join(f"<Version><Key>{escape(key)}</Key><Size>1</Size></Version>" for key in answer.get("Keys", []))
            return self.send(200, f"<ListVersionsResult>{keys}</ListVersionsResult>".encode(), "text/xml")
        self.send(200, b"", "text/xml", {"ETag": '"0"'})

    def fail(self, answer, is_json, is_s3=False):
        code, message = answer["error"], answer.get("message", "no reason")
        if is_json:
            return self.send(
                answer.get("status", 400), json.dumps({"__type": code, "message": message}).encode(),
                "application/x-amz-json-1.1")
        error = f"<Error><Code>{escape(code)}</Code><Message>{escape(message)}</Message></Error>"
        text = error if is_s3 else f"<ErrorResponse>{error}</ErrorResponse>"
        self.send(answer.get("status", 400), text.encode(), "text/xml")

    def send(self, status, body, kind, more={}):
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        for name, value in more.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def model(self, service):
        service = {"monitoring": "cloudwatch", "elasticloadbalancing": "elbv2"}.get(service, service)
        if service not in self.models:
            self.models[service] = botocore.session.get_session().get_service_model(service)
        return self.models[service]


def xml(value, shape):
    """The value of a query protocol's answer."""
    if shape.type_name == "structure":
        return "".join(
            f"<{name}>{xml(value[name], member)}</{name}>" for name, member in shape.members.items() if name in value)
    if shape.type_name == "list":
        return "".join(f"<member>{xml(item, shape.member)}</member>" for item in value)
    if isinstance(value, bool):
        return "true" if value else "false"
    return escape(str(value))


class Listener(http.server.ThreadingHTTPServer):
    # Calls that come at once wait for their turn.
    request_queue_size = 128
    daemon_threads = True


class Server:
    """Plays one scenario after the other; several servers play side by side."""

    def __enter__(self):
        self.handler = type("Handler", (Handler,), {"script": None})
        self.http = Listener(("127.0.0.1", 0), self.handler)
        self.url = f"http://127.0.0.1:{self.http.server_port}"
        threading.Thread(target=self.http.serve_forever, daemon=True).start()
        return self

    def play(self, script):
        self.handler.script = Script(script)
        return self.handler.script

    def __exit__(self, *_):
        self.http.shutdown()
