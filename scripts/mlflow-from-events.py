#!/usr/bin/env python3
"""Feeds MLflow from the events of regbench:
    regbench run STUDY --events FILE; scripts/mlflow-from-events.py FILE [EXPERIMENT]
"""
import json
import sys
from datetime import datetime

from mlflow.tracking import MlflowClient

client = MlflowClient()
name = sys.argv[2] if len(sys.argv) > 2 else "regbench"
found = client.get_experiment_by_name(name)
experiment = found.experiment_id if found else client.create_experiment(name)
runs = {}  # MLflow's runs by regbench's ids
for line in open(sys.argv[1], encoding="utf-8"):
    event = json.loads(line)
    assert event["version"] == 1, "another version of the format"
    at = int(datetime.fromisoformat(event["time"].replace("Z", "+00:00")).timestamp() * 1000)
    run, kind = event.get("run"), event["event"]
    if kind == "start" and run not in runs:
        tags = {"mlflow.runName": event["name"], "study": event["study"], "regbench.run": run}
        runs[run] = client.create_run(experiment, start_time=at, tags=tags).info.run_id
        values = {"arm": event["arm"], "stage": event["stage"], "trial": event["trial"]}
        for key, value in {**values, **event["axes"], **event["hyperparameters"]}.items():
            client.log_param(runs[run], key, value)
    elif kind == "evaluation" and run in runs:
        for key in ("training_loss", "validation_error", "test_error"):
            if event[key] is not None:
                client.log_metric(runs[run], key, event[key], at, event["update"])
    elif run in runs and (kind == "end" or kind == "error" and event["final"]):
        client.set_terminated(runs[run], "FINISHED" if kind == "end" else "FAILED", at)
