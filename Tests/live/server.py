"""A moto server on a free port, and the composex command in a folder of its own that talks to it by the real aws command."""
import json
import logging
import os
import random
import shutil
import string
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

import boto3
import moto.route53.models
from moto.server import ThreadedMotoServer

# Ids of zones begin with Z on AWS, and not on moto.
moto.route53.models.create_route53_zone_id = lambda *_, **__: "Z" + random_id()
logging.getLogger("werkzeug").setLevel(logging.ERROR)

def random_id():
    return "".join(random.choices(string.ascii_uppercase + string.digits, k=20))


ROOT = Path(__file__).resolve().parents[2]
COMPOSEX = os.environ.get("COMPOSEX", str(ROOT / ".build/debug/composex"))
REGION = "eu-west-1"
ACCOUNT = "123456789012"


class Case(unittest.TestCase):
    """A test with AWS for itself."""

    @classmethod
    def setUpClass(cls):
        cls.server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
        cls.server.start()
        cls.url = "http://127.0.0.1:%d" % cls.server.get_host_and_port()[1]

    @classmethod
    def tearDownClass(cls):
        cls.server.stop()

    def setUp(self):
        self.folder = Path(tempfile.mkdtemp(prefix="composex-live-"))
        self.addCleanup(shutil.rmtree, self.folder)
        self.path = f"{self.folder}/bin:{Path(sys.executable).parent}:{os.environ['PATH']}"
        # Version 1 of the aws command sends what is for SQS elsewhere, whatever the variable says.
        (self.folder / "bin").mkdir()
        self.program("aws", f'''[ "$1" != sqs ] || set -- "$@" --endpoint-url "$AWS_ENDPOINT_URL"
exec {Path(sys.executable).parent}/aws "$@"''')
        import urllib.request

        urllib.request.urlopen(urllib.request.Request(self.url + "/moto-api/reset", method="POST"))

    def client(self, service, region=REGION):
        return boto3.client(
            service, region_name=region, endpoint_url=self.url, aws_access_key_id="test", aws_secret_access_key="test")

    def program(self, name, text):
        """A command of the test's own."""
        path = self.folder / "bin" / name
        path.write_text("#!/bin/sh\n" + text + "\n")
        path.chmod(0o755)

    def write(self, text, name="compose.yaml"):
        (self.folder / name).write_text(text)

    def read(self, name):
        return json.loads((self.folder / name).read_text())

    def run_composex(self, *words, exit=0, **variables):
        """What it wrote to standard output; `self.errors` is the rest. Waits take no time."""
        environment = {
            "PATH": self.path, "HOME": str(self.folder), "AWS_ENDPOINT_URL": self.url, "AWS_ACCESS_KEY_ID": "test",
            "AWS_SECRET_ACCESS_KEY": "test", "AWS_DEFAULT_REGION": REGION, "AWS_EC2_METADATA_DISABLED": "true",
            "COMPOSEX_CLOCK": "2026-01-01T00:00:00Z", **variables}
        done = subprocess.run(
            [COMPOSEX, *words], cwd=self.folder, env=environment, capture_output=True, text=True, timeout=120)
        self.errors = done.stderr
        self.assertEqual(done.returncode, exit, f"composex {' '.join(words)}\n{done.stdout}\n{done.stderr}")
        return done.stdout
