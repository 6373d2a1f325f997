"""What a measurement must be read with: machine, versions, date."""

import datetime
import os
import platform
import subprocess


def doctor(regbench):
    """`regbench doctor` as pairs."""
    text = subprocess.run([str(regbench), "doctor"], check=True, stdout=subprocess.PIPE,
                          text=True).stdout
    lines = [line.split("  ", 1) for line in text.splitlines() if not line.startswith(" ")]
    return {line[0].strip(): line[1].strip() for line in lines if len(line) == 2}


def pytorch_libraries():
    """PyTorch's version, its matrix and convolution libraries, the instructions that it uses."""
    import torch

    lines = torch.__config__.show().splitlines()
    found = [line.strip(" -") for line in lines if "Math Kernel" in line or "MKL-DNN" in line]
    libraries = [line.split(" (Git")[0].split("-Product")[0] for line in found]
    return "; ".join([f"PyTorch {torch.__version__}", *libraries,
                      f"instructions {torch.backends.cpu.get_cpu_capability()}"])


def facts(regbench, records):
    """Pairs of a name and a text."""
    found = doctor(regbench)
    loads = [record["load"] for record in records]
    return [
        ("date", datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%d %H:%M UTC")),
        ("CPU", f"{found.get('cpu')}, {found.get('usable cores')} usable cores"),
        ("system", f"{found.get('system')}, Python {platform.python_version()}"),
        ("regbench", found.get("regbench", "").removeprefix("regbench ")),
        ("OpenBLAS", f"{found.get('openblas build')}, core {found.get('openblas core')}"),
        ("PyTorch", pytorch_libraries()),
        ("load before each measurement",
         f"{min(loads):.1f} to {max(loads):.1f} on {os.cpu_count()} processors"),
    ]
