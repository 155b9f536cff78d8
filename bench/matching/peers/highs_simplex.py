"""The same question for HiGHS as a linear program: highs_simplex.py FILE RUNS; one line of JSON."""
import json
import resource
import statistics
import sys
import time

import highspy
import numpy as np

data = np.fromfile(sys.argv[1], dtype=np.int32)
needs, units, edges, capacity, penalty = (int(part) for part in data[:5])
need, unit, score = data[5:].reshape(3, edges)
idle = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
times = []
peaks = []
for _ in range(int(sys.argv[2])):
    begun = time.perf_counter()
    # A need takes one edge or none: its gain is over leaving it out.
    lp = highspy.HighsLp()
    lp.num_col_ = edges
    lp.num_row_ = needs + units
    lp.col_cost_ = -(score.astype(np.float64) + penalty)
    lp.col_lower_ = np.zeros(edges)
    lp.col_upper_ = np.ones(edges)
    lp.row_lower_ = np.full(needs + units, -highspy.kHighsInf)
    lp.row_upper_ = np.concatenate([np.ones(needs), np.full(units, float(capacity))])
    lp.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    lp.a_matrix_.start_ = np.arange(0, 2 * edges + 1, 2)
    lp.a_matrix_.index_ = np.stack([need, needs + unit], axis=1).ravel()
    lp.a_matrix_.value_ = np.ones(2 * edges)
    solver = highspy.Highs()
    solver.setOptionValue("output_flag", False)
    solver.passModel(lp)
    solver.run()
    assert solver.getModelStatus() == highspy.HighsModelStatus.kOptimal
    value = round(-solver.getObjectiveValue()) - penalty * needs
    times.append((time.perf_counter() - begun) * 1000)
    peaks.append(round((resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - idle) / 1000))
print(json.dumps({
    "value": value,
    "coldMs": round(times[0], 1),
    "medianMs": round(statistics.median(times), 1),
    "leastMs": round(min(times), 1),
    "mostMs": round(max(times), 1),
    "runs": len(times),
    "coldPeakMb": peaks[0],
    "peakMb": peaks[-1],
}))
