"""Runs a Pulumi program: its settings, as JSON, and its path are the arguments."""

import asyncio
import json
import logging
import os
import runpy
import sys
from concurrent.futures import ThreadPoolExecutor

import pulumi
from pulumi.runtime import Settings, configure, get_config_env, get_config_secret_keys_env, run_in_stack, set_all_config


async def run(program: str, parallel: int) -> None:
    # Every registration waits in a thread.
    asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(4 * max(parallel, 1)))
    await run_in_stack(lambda: runpy.run_path(program, run_name="__main__"))


def main(settings: str, program: str) -> int:
    given = json.loads(settings)
    set_all_config(get_config_env(), get_config_secret_keys_env())
    configure(Settings(**given))
    # Promises that an error leaves behind are no news.
    logging.getLogger("asyncio").setLevel(logging.CRITICAL)
    folder = program if os.path.isdir(program) else os.path.dirname(program)
    sys.path.insert(0, folder)
    try:
        asyncio.run(run(program, given["parallel"]))
    except pulumi.RunError as error:
        pulumi.log.error(str(error))
        return 1
    return 0


sys.exit(main(*sys.argv[1:]))
