package com.peerllm.orchestrator.simulation;

import java.util.Map;

/**
 * What came out of a simulation, its first 48 hours left out. Times are divided by the stretch.
 *
 * @param stretch how many times longer each simulated answer is than a real one, for there are so many fewer
 * @param badTraffic share of the tokens that came from hosts while they cheated
 * @param tokens share of all tokens by kind of host
 * @param wronglyExcluded share of the hosts that never cheat that were excluded at least once
 * @param newcomersPart what honest hosts that join late get in their hours 16 to 24, for each answer that their equals get
 * @param jain index of fairness of the answers among equal honest hosts of the same model that are always on
 * @param newcomersTraffic share of the answers that newcomers gave
 * @param goodTokensPerSecond from hosts that did not cheat
 * @param lost share of the requests that found no host in time or failed everywhere
 */
public record SimulationFigures(
        long requests,
        double stretch,
        double badTraffic,
        Map<String, Double> tokens,
        double wronglyExcluded,
        double newcomersPart,
        double jain,
        double newcomersTraffic,
        double waitMillisMedian,
        double waitMillisP99,
        double millisPerTokenMedian,
        double millisPerTokenP99,
        double goodTokensPerSecond,
        double lost) {}
