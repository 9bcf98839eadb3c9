"""The aws command of the virtual environment, kept ready: each run is a fork of one process that has it loaded, which saves the
half second that Python needs to load it.

    with AWSProcess(folder) as aws:      # folder/aws is the command; put the folder first in PATH
"""
import array
import gc
import json
import os
import random
import signal
import socket
import sys
import time
import traceback
from pathlib import Path

CLIENT = """#!{python} -ISE
import array, json, os, socket, sys
link = socket.socket(socket.AF_UNIX)
link.connect({path!r})
request = json.dumps([sys.argv[1:], dict(os.environ), os.getcwd()]).encode()
streams = array.array("i", [0, 1, 2])
link.sendmsg([len(request).to_bytes(4, "big")], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, streams)])
link.sendall(request)
answer = link.recv(1)
sys.exit(answer[0] if answer else 1)
"""
# What is read of the models of these services is read once.
WARM = [
    ["sts", "get-caller-identity"], ["cloudformation", "describe-stacks"], ["ecs", "list-tasks"],
    ["logs", "describe-log-groups"], ["s3", "ls", "s3://none"],
]

# By how many seconds a call may begin late.
JITTER = float(os.environ.get("JITTER", 0))


def warm():
    """A driver that has read all that does not depend on a call, and has imported what calls need."""
    import functools

    import awscli.clidriver
    import botocore.loaders

    files = botocore.loaders.JSONFileLoader
    files.load_file, files.exists = functools.cache(files.load_file), functools.cache(files.exists)
    for name in ("list_available_services", "determine_latest_version", "list_api_versions", "load_service_model"):
        share(botocore.loaders.Loader, name)
    # A call of each service, to nobody: it fails, and what it has read stays.
    os.environ.update(AWS_ACCESS_KEY_ID="x", AWS_SECRET_ACCESS_KEY="x", AWS_MAX_ATTEMPTS="1", AWS_DEFAULT_REGION="eu-west-1")
    silent = os.open(os.devnull, os.O_WRONLY)
    errors = os.dup(2)
    os.dup2(silent, 2)
    for words in WARM:
        awscli.clidriver.create_clidriver().main([*words, "--endpoint-url", "http://127.0.0.1:1"])
    sys.stderr.flush()
    os.dup2(errors, 2)
    return awscli.clidriver.create_clidriver()


def share(kind, name):
    """What a method answers is the same for all objects."""
    method, answers = getattr(kind, name), {}

    def shared(self, *words, **named):
        key = (words, tuple(sorted(named.items())))
        if key not in answers:
            answers[key] = method(self, *words, **named)
        return answers[key]

    setattr(kind, name, shared)


def serve(path):
    driver = warm()
    gc.disable()
    gc.freeze()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    server = socket.socket(socket.AF_UNIX)
    # Who finds the name can connect.
    server.bind(path + ".new")
    server.listen(128)
    os.rename(path + ".new", path)
    while True:
        link, _ = server.accept()
        if os.fork():
            link.close()
            continue
        server.close()
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        head, ancillary, _, _ = link.recvmsg(4, socket.CMSG_SPACE(12))
        streams = array.array("i")
        streams.frombytes(ancillary[0][2][:12])
        request = b""
        while len(request) < int.from_bytes(head, "big"):
            request += link.recv(1 << 16)
        words, environment, folder = json.loads(request)
        for number, stream in enumerate(streams):
            os.dup2(stream, number)
        environment.setdefault("AWS_DATA_PATH", os.environ["AWS_DATA_PATH"])
        os.environ.clear()
        os.environ.update(environment)
        os.chdir(folder)
        # The configuration is that of the caller.
        driver.session._config = driver.session._profile_map = None
        code = 1
        time.sleep(random.uniform(0, JITTER))
        try:
            code = driver.main(words)
        except SystemExit as exit:
            code = exit.code or 0
        except BaseException:
            traceback.print_exc()
        finally:
            sys.stdout.flush()
            sys.stderr.flush()
            link.send(bytes([code & 0xFF]))
            os._exit(0)


class AWSProcess:
    def __init__(self, folder):
        self.folder = Path(folder)

    def __enter__(self):
        path = str(self.folder / "socket")
        client = self.folder / "aws"
        client.write_text(CLIENT.format(python=sys.executable, path=path))
        client.chmod(0o755)
        self.child = os.fork()
        if self.child == 0:
            try:
                serve(path)
            finally:
                os._exit(1)
        # However long it takes on a busy machine.
        while not os.path.exists(path):
            if os.waitpid(self.child, os.WNOHANG)[0]:
                raise SystemExit("the aws command does not start")
            time.sleep(0.05)
        return self

    def __exit__(self, *_):
        os.kill(self.child, signal.SIGTERM)
        os.waitpid(self.child, 0)
