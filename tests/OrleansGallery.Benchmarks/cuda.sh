#!/usr/bin/env bash
# What is to be measured on a machine with a CUDA device and a Python that has torch 2.10 or 2.11 (no .NET is needed
# there). Make the programs first, where .NET is:
#   dotnet publish tests/OrleansGallery.Benchmarks -c Release -r linux-x64 --self-contained -p:TorchBackend=system -o out/bench
#   dotnet publish src/OrleansGallery.Cli -c Release -r linux-x64 --self-contained -p:TorchBackend=system -o out/gallery
# Usage: cuda.sh FOLDER, the folder with bench and gallery. Expected: `gallery torch` names the libtorch of python3,
# cuda:0 and float16 for every network; embedder.json has rows for float32, float16 and bfloat16 at 1, 64 and 256, with
# ratio above 1 everywhere and, for resnet50 at 256 in float16, 5 or more (3,700 images/s was the former path's rate on
# an H200, PyTorch's 23,000).
set -euo pipefail
programs=${1:?the folder with bench and gallery}
results=${OUT:-.}
export DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1
chmod +x "$programs/gallery/gallery" "$programs/bench/OrleansGallery.Benchmarks"
nvidia-smi --query-gpu=name,driver_version --format=csv,noheader
"$programs/gallery/gallery" torch
"$programs/bench/OrleansGallery.Benchmarks" embedder --device cuda --json > "$results/embedder.json"
cat "$results/embedder.json"
