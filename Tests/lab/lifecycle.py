#!/usr/bin/env python3
"""Deploys, changes and deletes templates on paper, and fails on a step that AWS refuses.

    make lab                                    every example with its likely edits, and pairs of generated files
    .venv/bin/python Tests/lab/lifecycle.py --example three-tier     one example, with its steps
    .venv/bin/python Tests/lab/lifecycle.py OLD.yaml NEW.yaml        any two templates
"""

import argparse
import sys
import time
from concurrent.futures import ProcessPoolExecutor

import edits
import fuzz
import project
import template as templates
from account import Account
from stack import Failed, Refused, Stack


def faults_of_creation(template, parameters, every=1):
    """A first deployment that fails at each resource, and the second attempt; then the deletion of what was deployed."""
    resources = list(template["Resources"])
    for name in resources[::every]:
        account = Account()
        try:
            Stack(account, parameters=parameters).create(template, fail_at=name)
            continue
        except Failed:
            pass
        except Refused as refused:
            yield f"a first deployment that fails at {name} is not rolled back: {refused}"
            continue
        try:
            Stack(account, parameters=parameters).create(template)
        except Refused as refused:
            yield f"after a first deployment that failed at {name}, the second one fails: {refused}"
    account = Account()
    try:
        stack = Stack(account, parameters=parameters)
        stack.create(template)
        stack.delete()
    except Refused as refused:
        yield f"create and delete: {refused}"


def faults_of_update(before, after, parameters, log=None, every=1):
    """An update, its rollback at each resource with a second attempt, the deletion afterwards, and the way back."""
    def deployed(template):
        account = Account()
        stack = Stack(account, parameters=parameters)
        stack.create(template)
        stack.log = []
        return account, stack

    try:
        account, stack = deployed(before)
        stack.update(after)
        if log is not None:
            log += stack.log
        for service, group in stack.outages:
            yield f"{service} is not reached while it is updated: {group} is replaced, and the new one is empty until the new tasks are there"
        account.tidy()
        stack.delete()
    except Refused as refused:
        yield f"update: {refused}"
        return
    for name in list(after["Resources"])[::every]:
        try:
            account, stack = deployed(before)
            stack.update(after, fail_at=name)
        except Failed:
            try:
                stack.update(after)
            except Refused as refused:
                yield f"update again, after one that failed at {name}: {refused}"
        except Refused as refused:
            yield f"update that fails at {name}: {refused}"


def faults_of(each, log=None):
    """All faults of one example."""
    first = each.render()
    for fault in faults_of_creation(first, each.parameters):
        yield "-", fault
    for edit in edits.FEW if each.is_small else edits.ALL:
        compose = each.edited(edit)
        if compose is None:
            continue
        try:
            second = each.render(compose)
        except project.NotRendered as refusal:
            # The scripts of an example are about its file: they may refuse another one.
            if ".lua" not in str(refusal):
                yield edit.__name__, f"does not render: {refusal}"
            continue
        steps = []
        for fault in faults_of_update(first, second, each.parameters, steps, every=7):
            yield edit.__name__, fault
        if log is not None:
            log[edit.__name__] = steps


def try_example(each):
    """The faults of an example, and the steps of each edit."""
    log = {}
    return each.name, list(dict.fromkeys(faults_of(each, log))), log


def try_pair(seed):
    """The faults of a generated pair."""
    return list(dict.fromkeys(fuzz.faults(seed, faults_of_creation, faults_of_update)))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--example", action="append", help="only this folder of examples/, with its steps")
    parser.add_argument("--fuzz", type=int, default=fuzz.PAIRS, metavar="N", help="how many pairs of generated files")
    parser.add_argument("templates", nargs="*", metavar="OLD NEW")
    arguments = parser.parse_args()
    began, failures, count = time.monotonic(), [], 0
    if arguments.templates:
        before, after = (templates.load(open(path).read()) for path in arguments.templates)
        failures = list(faults_of_creation(before, {})) + list(faults_of_update(before, after, {}))
    else:
        chosen = [each for each in project.examples() if not arguments.example or each.name in arguments.example]
        with ProcessPoolExecutor() as pool:
            for each, found, log in pool.map(try_example, chosen):
                count += len(log)
                failures += [f"examples/{each} [{edit}] {fault}" for edit, fault in found]
                for edit, steps in log.items() if arguments.example else ():
                    print(f"{each} [{edit}]", *(steps or ["nothing changes"]), sep="\n  ")
            if not arguments.example:
                for seed, found in enumerate(pool.map(try_pair, range(arguments.fuzz))):
                    failures += [f"fuzz {seed}: {fault}" for fault in found]
    if failures:
        sys.exit("\n".join([*failures, f"{len(failures)} steps that AWS refuses"]))
    print(f"no step that AWS refuses: {count} edits of examples, {arguments.fuzz} generated pairs, {time.monotonic() - began:.0f} s")


if __name__ == "__main__":
    main()
