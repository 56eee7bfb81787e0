package com.peerllm.host.cli;

import com.peerllm.host.HostData;
import com.peerllm.host.HostStatus;
import com.peerllm.host.HostStatusFile;
import com.peerllm.host.Surroundings;
import com.peerllm.host.earnings.Earnings;
import com.peerllm.host.kernel.HostException;
import com.peerllm.host.kernel.Problem;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code peerllm host earnings}: what was earned, from receipts that this host checked itself. */
@Command(
        name = "earnings",
        mixinStandardHelpOptions = true,
        description = "Tell what this host earned, by model and by day (UTC), from verified receipts.")
final class EarningsCommand implements Callable<Integer> {
    private final Surroundings around;

    @Spec
    CommandSpec spec;

    @Mixin
    CommonOptions common;

    EarningsCommand(Surroundings around) {
        this.around = around;
    }

    @Override
    public Integer call() {
        Earnings earnings = earnings();
        PrintWriter out = spec.commandLine().getOut();
        if (common.json) {
            Json.print(out, earnings);
            return ExitCode.OK.number();
        }
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
        return ExitCode.OK.number();
    }

    /** From the database, or from a host that runs and has it open. */
    private Earnings earnings() {
        try (HostData data = common.open(around)) {
            return Earnings.of(data.receipts().earned());
        } catch (HostException e) {
            if (e.problem() != Problem.DATA_FOLDER_IN_USE) throw e;
            return HostStatusFile.read(common.folders(around).status())
                    .map(HostStatus::earnings)
                    .orElseThrow(() -> e);
        }
    }

    private static String line(Earnings.Sum sum) {
        return sum.earned() + " for " + sum.answers() + (sum.answers() == 1 ? " answer" : " answers") + " ("
                + sum.promptTokens() + " prompt and " + sum.completionTokens() + " completion tokens)";
    }
}
