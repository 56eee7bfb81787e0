package com.peerllm.host.cli;

import com.peerllm.host.Surroundings;
import com.peerllm.host.availability.Decision;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code peerllm host share-now}: shares for a while whatever the rules say. */
@Command(name = "share-now", mixinStandardHelpOptions = true, description = "Share for a while whatever the rules say.")
final class ShareNowCommand implements Callable<Integer> {
    private final Surroundings around;

    @Spec
    CommandSpec spec;

    @Mixin
    CommonOptions common;

    @ArgGroup(multiplicity = "1")
    PersonsDecision.End end;

    ShareNowCommand(Surroundings around) {
        this.around = around;
    }

    @Override
    public Integer call() {
        PersonsDecision leaving =
                new PersonsDecision(around, common, spec.commandLine().getOut());
        Instant until = end.at(leaving.time());
        return leaving.leave(
                new Decision.ShareAnyway(until),
                "Shares whatever the rules say until " + leaving.time().shown(until));
    }
}
