package com.peerllm.orchestrator.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SimulationTest {
    /** The figures of the design, in small; {@code ./peerllm simulate} shows them for 10,000 hosts and 30 days. */
    @Test
    void fiveHundredHostsReachTheFiguresOfTheDesignInFiveDays() {
        SimulationFigures figures = new Simulation(settings(500, 5, 1, PolicyName.PEERLLM, 100, 0.6)).run();
        assertThat(Check.of(figures))
                .isNotEmpty()
                .allSatisfy(check -> assertThat(check.passed())
                        .as("%s: %s, demanded %s", check.name(), check.value(), check.demanded())
                        .isTrue());
        assertThat(figures.lost()).isLessThan(0.001);
    }

    @Test
    void theSameSeedGivesTheSameFiguresAndAnotherSeedOthers() {
        SimulationFigures first = new Simulation(settings(200, 3, 5, PolicyName.PEERLLM, 30, 0.4)).run();
        SimulationFigures again = new Simulation(settings(200, 3, 5, PolicyName.PEERLLM, 30, 0.4)).run();
        SimulationFigures other = new Simulation(settings(200, 3, 6, PolicyName.PEERLLM, 30, 0.4)).run();
        assertThat(again).isEqualTo(first);
        assertThat(other).isNotEqualTo(first);
    }

    /** Also shows that the figures can fail: whoever knows no reputation gives the cheats their share. */
    @Test
    void reputationKeepsTheTrafficFromCheatsThatOtherPoliciesServe() {
        SimulationFigures ours = new Simulation(settings(300, 3, 3, PolicyName.PEERLLM, 100, 0.6)).run();
        for (PolicyName name : PolicyName.values()) {
            if (name == PolicyName.PEERLLM) continue;
            SimulationFigures others = new Simulation(settings(300, 3, 3, name, 100, 0.6)).run();
            assertThat(others.requests()).as("the same requests").isEqualTo(ours.requests());
            assertThat(others.badTraffic()).as("bad traffic with %s", name).isGreaterThan(0.03);
            assertThat(ours.badTraffic()).isLessThan(others.badTraffic() / 4);
            assertThat(ours.goodTokensPerSecond()).as("%s", name).isGreaterThan(others.goodTokensPerSecond());
            assertThat(ours.millisPerTokenMedian()).isLessThan(others.millisPerTokenMedian());
        }
    }

    @Test
    void whatIsPlannedHappensInOrderOfTimeAndThenOfPlanning() {
        Agenda agenda = new Agenda(1000);
        List<String> happened = new ArrayList<>();
        agenda.at(3000, () -> happened.add("third at " + agenda.millis()));
        agenda.at(2000, () -> {
            happened.add("first");
            agenda.at(0, () -> happened.add("late things happen now, at " + agenda.millis()));
        });
        agenda.at(2000, () -> happened.add("second"));
        agenda.at(9000, () -> happened.add("too late"));
        agenda.runUntil(5000);
        assertThat(happened).containsExactly("first", "second", "late things happen now, at 2000", "third at 3000");
        assertThat(agenda.millis()).isEqualTo(5000);
    }

    @Test
    void arrivalsKeepTheirRateAndLengthOnAverage() {
        Agenda agenda = new Agenda(0);
        List<SimulatedJob> jobs = new ArrayList<>();
        new Demand(0, 0.00002, 1, agenda, new SplittableRandom(4), jobs::add).start();
        agenda.runUntil(60L * 24 * 3_600_000);
        assertThat(jobs.size() / (60.0 * 24 * 3600 * 0.02)).isBetween(0.93, 1.07);
        assertThat(jobs.stream().mapToInt(job -> job.answerTokens).average().orElseThrow())
                .isBetween(0.97 * Demand.MEAN_ANSWER_TOKENS, 1.03 * Demand.MEAN_ANSWER_TOKENS);
    }

    @Test
    void quantilesAreExactToTwoPercent() {
        Quantiles quantiles = new Quantiles();
        assertThat(quantiles.at(0.5)).isZero();
        for (int i = 1; i <= 1000; i++) quantiles.add(i);
        assertThat(quantiles.at(0.5)).isBetween(490.0, 510.0);
        assertThat(quantiles.at(0.99)).isBetween(970.0, 1010.0);
    }

    private static SimulationSettings settings(
            int hosts, int days, long seed, PolicyName policy, double requestsPerHostDay, double load) {
        return new SimulationSettings(hosts, days, seed, policy, requestsPerHostDay, load);
    }
}
