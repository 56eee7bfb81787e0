package com.peerllm.host.cli;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.peerllm.host.HostData;
import com.peerllm.host.HostStatus;
import com.peerllm.host.HostStatusFile;
import com.peerllm.host.Surroundings;
import com.peerllm.host.earnings.Earnings;
import com.peerllm.host.earnings.TwoSums;
import com.peerllm.host.kernel.HostException;
import com.peerllm.host.kernel.Problem;
import com.peerllm.host.settings.MetOrchestrator;
import com.peerllm.shared.money.Credits;
import com.peerllm.shared.payout.PayoutStatement;
import java.io.PrintWriter;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * {@code peerllm host earnings}: what was earned, from receipts that this host checked itself, and beside it what the network
 * counts and has paid.
 */
@Command(
        name = "earnings",
        mixinStandardHelpOptions = true,
        description = "Tell what this host earned, by model and by day (UTC), from verified receipts, and what the"
                + " network counts.")
final class EarningsCommand implements Callable<Integer> {
    private final Surroundings around;

    @Spec
    CommandSpec spec;

    @Mixin
    CommonOptions common;

    @Mixin
    NetworkOptions network;

    @Option(names = "--offline", description = "Ask nobody; tell what the receipts add up to, and nothing else.")
    boolean offline;

    EarningsCommand(Surroundings around) {
        this.around = around;
    }

    /** What a program is told: the sums of receipts, and what the network says. */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    record Answer(
            Earnings.Sum total,
            SequencedMap<String, Earnings.Sum> byModel,
            SequencedMap<LocalDate, Earnings.Sum> byDay,
            Earnings.Sum disputed,
            Optional<PayoutStatement> network,
            Optional<Credits> networkDifference,
            Optional<String> networkProblem) {}

    /** @param verified what receipts of the orchestrator that is asked add up to; empty when that cannot be told apart */
    private record Own(Earnings earnings, Optional<Credits> verified) {}

    @Override
    public Integer call() {
        Optional<MetOrchestrator> met = offline ? Optional.empty() : network.met(common.folders(around), around);
        Own own = own(met);
        Optional<PayoutStatement> statement = Optional.empty();
        Optional<String> problem = Optional.empty();
        if (met.isPresent()) {
            try {
                statement =
                        Optional.of(network.ask(common.folders(around), around, (client, known) -> client.statement()));
            } catch (HostException e) {
                if (e.problem() != Problem.ORCHESTRATOR) throw e;
                problem = Optional.of(e.sentence());
            }
        }
        Optional<TwoSums> sums =
                statement.flatMap(said -> own.verified().map(verified -> new TwoSums(said.earned(), verified)));
        print(own.earnings(), statement, sums, problem);
        return ExitCode.OK.number();
    }

    private void print(
            Earnings earnings, Optional<PayoutStatement> statement, Optional<TwoSums> sums, Optional<String> problem) {
        PrintWriter out = spec.commandLine().getOut();
        if (common.json) {
            Json.print(
                    out,
                    new Answer(
                            earnings.total(),
                            earnings.byModel(),
                            earnings.byDay(),
                            earnings.disputed(),
                            statement,
                            sums.map(TwoSums::difference),
                            problem));
            return;
        }
        print(out, earnings);
        statement.ifPresent(new PayoutText(out, ZoneId.systemDefault())::printSums);
        sums.ifPresent(both -> out.println(both.sentence()));
        problem.ifPresent(sentence -> out.println("What the network counts is not known: " + sentence));
    }

    private static void print(PrintWriter out, Earnings earnings) {
        out.println("Earned in all: " + line(earnings.total()));
        earnings.byModel().forEach((model, sum) -> out.println("  " + model + ": " + line(sum)));
        earnings.byDay().forEach((day, sum) -> out.println("  " + day + ": " + line(sum)));
        if (earnings.total().unpaidTokens() > 0) {
            out.println("Sent and not paid for, because a consumer left: "
                    + earnings.total().unpaidTokens() + " tokens");
        }
        if (earnings.disputed().answers() > 0) {
            out.println("Disputed, in no sum above: " + line(earnings.disputed())
                    + ". `peerllm host receipts list` tells why.");
        }
    }

    /** From the database, or from a host that runs and has it open. */
    private Own own(Optional<MetOrchestrator> met) {
        try (HostData data = common.open(around)) {
            return new Own(
                    Earnings.of(data.receipts().earned()),
                    met.map(MetOrchestrator::key).map(data.receipts()::verifiedFrom));
        } catch (HostException e) {
            if (e.problem() != Problem.DATA_FOLDER_IN_USE) throw e;
            Earnings earnings = HostStatusFile.read(common.folders(around).status())
                    .map(HostStatus::earnings)
                    .orElseThrow(() -> e);
            // The running host tells one sum, of all orchestrators.
            boolean ofOne = met.isPresent() && network.metInAll(common.folders(around), around) == 1;
            return new Own(earnings, ofOne ? Optional.of(earnings.total().earned()) : Optional.empty());
        }
    }

    private static String line(Earnings.Sum sum) {
        return sum.earned() + " for " + sum.answers() + (sum.answers() == 1 ? " answer" : " answers") + " ("
                + sum.promptTokens() + " prompt and " + sum.completionTokens() + " completion tokens)";
    }
}
