package com.peerllm.host.cli;

import com.peerllm.host.Surroundings;
import com.peerllm.host.availability.Decision;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code peerllm host pause}: share nothing, until the person says otherwise or for a while. */
@Command(name = "pause", mixinStandardHelpOptions = true, description = "Share nothing, until resume or for a while.")
final class PauseCommand implements Callable<Integer> {
    private final Surroundings around;

    @Spec
    CommandSpec spec;

    @Mixin
    CommonOptions common;

    @ArgGroup
    PersonsDecision.End end;

    PauseCommand(Surroundings around) {
        this.around = around;
    }

    @Override
    public Integer call() {
        PersonsDecision leaving =
                new PersonsDecision(around, common, spec.commandLine().getOut());
        Optional<Instant> until = Optional.ofNullable(end).map(given -> given.at(leaving.time()));
        return leaving.leave(
                new Decision.Pause(until),
                until.map(at -> "Paused until " + leaving.time().shown(at))
                        .orElse("Paused until you say: peerllm host resume"));
    }
}
