"""The same question for OR-Tools' SimpleMinCostFlow: ortools_flow.py FILE RUNS; one line of JSON."""
import json
import resource
import statistics
import sys
import time

import numpy as np
from ortools.graph.python import min_cost_flow

data = np.fromfile(sys.argv[1], dtype=np.int32)
needs, units, edges, capacity, penalty = (int(part) for part in data[:5])
need, unit, score = data[5:].reshape(3, edges)
sink = needs + units
tails = np.concatenate([need, np.arange(needs), needs + np.arange(units)]).astype(np.int64)
heads = np.concatenate([needs + unit, np.full(needs, sink), np.full(units, sink)]).astype(np.int64)
capacities = np.concatenate([np.ones(edges + needs), np.full(units, capacity)]).astype(np.int64)
costs = np.concatenate([-score, np.full(needs, penalty), np.zeros(units)]).astype(np.int64)
supplies = np.concatenate([np.ones(needs), np.zeros(units), [-needs]]).astype(np.int64)
idle = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
times = []
peaks = []
for _ in range(int(sys.argv[2])):
    begun = time.perf_counter()
    flow = min_cost_flow.SimpleMinCostFlow()
    flow.add_arcs_with_capacity_and_unit_cost(tails, heads, capacities, costs)
    flow.set_nodes_supplies(np.arange(sink + 1), supplies)
    assert flow.solve() == flow.OPTIMAL
    times.append((time.perf_counter() - begun) * 1000)
    peaks.append(round((resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - idle) / 1000))
print(json.dumps({
    "value": -flow.optimal_cost(),
    "coldMs": round(times[0], 1),
    "medianMs": round(statistics.median(times), 1),
    "leastMs": round(min(times), 1),
    "mostMs": round(max(times), 1),
    "runs": len(times),
    "coldPeakMb": peaks[0],
    "peakMb": peaks[-1],
}))
