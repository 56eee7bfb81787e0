package com.peerllm.orchestrator;

import com.peerllm.orchestrator.simulation.Check;
import com.peerllm.orchestrator.simulation.PolicyName;
import com.peerllm.orchestrator.simulation.Simulation;
import com.peerllm.orchestrator.simulation.SimulationFigures;
import com.peerllm.orchestrator.simulation.SimulationSettings;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Runs the router and the reputation against thousands of simulated hosts, and checks the figures that the design demands. */
@Command(
        name = "simulate",
        mixinStandardHelpOptions = true,
        description =
                "Simulate a network of many hosts, good and bad, in virtual time, and check its figures (docs/routing.md).")
final class SimulateCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(names = "--hosts", defaultValue = "10000", description = "How many, from 100 on (${DEFAULT-VALUE}).")
    private int hosts;

    @Option(names = "--days", defaultValue = "30", description = "Virtual days, from 3 on (${DEFAULT-VALUE}).")
    private int days;

    @Option(names = "--seed", defaultValue = "1", description = "The same one gives the same run (${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--policy",
            defaultValue = "peerllm",
            converter = Policies.class,
            description = "peerllm, round-robin, least-load or two-choices (${DEFAULT-VALUE}).")
    private PolicyName policy;

    @Option(
            names = "--compare-days",
            defaultValue = "3",
            description = "Virtual days, from 3 on, over which all policies get the same requests; 0 for none"
                    + " (${DEFAULT-VALUE}).")
    private int compareDays;

    @Option(
            names = "--requests-per-host-day",
            defaultValue = "35",
            description = "Simulated ones; the fewer, the longer each (${DEFAULT-VALUE}).")
    private double requestsPerHostDay;

    @Option(names = "--load", defaultValue = "0.4", description = "Part of the honest capacity (${DEFAULT-VALUE}).")
    private double load;

    static final class Policies implements picocli.CommandLine.ITypeConverter<PolicyName> {
        @Override
        public PolicyName convert(String name) {
            for (PolicyName each : PolicyName.values()) if (each.toString().equals(name)) return each;
            throw new IllegalArgumentException("there is no policy '" + name + "'");
        }
    }

    @Override
    public Integer call() {
        if (hosts < 100 || days < 3 || (compareDays != 0 && compareDays < 3)) {
            throw new ParameterException(spec.commandLine(), "At least 100 hosts and 3 days.");
        }
        PrintWriter out = spec.commandLine().getOut();
        SimulationSettings settings = new SimulationSettings(hosts, days, seed, policy, requestsPerHostDay, load);
        boolean passed = print(out, settings, new Simulation(settings).run());
        if (compareDays > 0) passed &= compare(out, settings);
        out.println(passed ? "All figures are reached." : "Some figures are NOT reached.");
        out.flush();
        return (passed ? ExitCode.OK : ExitCode.COMMAND_FAILED).number;
    }

    private static boolean print(PrintWriter out, SimulationSettings settings, SimulationFigures figures) {
        out.printf(
                Locale.ROOT,
                "%,d hosts, %d days, seed %d, policy %s: %,d requests, each for %.0f like it.%n%n",
                settings.hosts(),
                settings.days(),
                settings.seed(),
                settings.policy(),
                figures.requests(),
                figures.stretch());
        boolean passed = print(out, Check.of(figures));
        out.println();
        out.println("Tokens by kind of host:");
        figures.tokens()
                .forEach((kind, share) ->
                        out.printf(Locale.ROOT, "  %-12s %8.3f %%%n", kind.toLowerCase(Locale.ROOT), 100 * share));
        out.println();
        out.flush();
        return passed;
    }

    private static boolean print(PrintWriter out, List<Check> checks) {
        for (Check check : checks) {
            String verdict = check.passed() ? "pass" : "FAIL";
            out.printf("  %-52s %10s  %-10s %s%n", check.name(), check.value(), check.demanded(), verdict);
        }
        return checks.stream().allMatch(Check::passed);
    }

    private boolean compare(PrintWriter out, SimulationSettings settings) {
        out.printf("The same requests under each policy, the third day of %d and later:%n", compareDays);
        out.printf(
                "  %-12s %9s %10s %10s %12s %12s %12s %8s%n",
                "policy", "bad", "wait p50", "wait p99", "ms/token p50", "ms/token p99", "good token/s", "lost");
        List<Check> checks = new ArrayList<>();
        SimulationFigures ours = new Simulation(settings.with(PolicyName.PEERLLM, compareDays)).run();
        row(out, PolicyName.PEERLLM, ours);
        for (PolicyName each : PolicyName.values()) {
            if (each == PolicyName.PEERLLM) continue;
            SimulationFigures other = new Simulation(settings.with(each, compareDays)).run();
            row(out, each, other);
            checks.addAll(Check.against(each, ours, other));
        }
        out.println();
        return print(out, checks);
    }

    private static void row(PrintWriter out, PolicyName policy, SimulationFigures figures) {
        out.printf(
                Locale.ROOT,
                "  %-12s %7.2f %% %7.0f ms %7.0f ms %12.1f %12.1f %12.0f %6.2f %%%n",
                policy,
                100 * figures.badTraffic(),
                figures.waitMillisMedian(),
                figures.waitMillisP99(),
                figures.millisPerTokenMedian(),
                figures.millisPerTokenP99(),
                figures.goodTokensPerSecond(),
                100 * figures.lost());
        out.flush();
    }
}
