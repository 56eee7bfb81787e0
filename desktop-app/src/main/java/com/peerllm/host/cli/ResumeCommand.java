package com.peerllm.host.cli;

import com.peerllm.host.Surroundings;
import com.peerllm.host.availability.Decision;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code peerllm host resume}: ends a pause or an override. */
@Command(name = "resume", mixinStandardHelpOptions = true, description = "Let the rules decide again.")
final class ResumeCommand implements Callable<Integer> {
    private final Surroundings around;

    @Spec
    CommandSpec spec;

    @Mixin
    CommonOptions common;

    ResumeCommand(Surroundings around) {
        this.around = around;
    }

    @Override
    public Integer call() {
        PersonsDecision leaving =
                new PersonsDecision(around, common, spec.commandLine().getOut());
        return leaving.leave(new Decision.FollowRules(), "The rules decide again");
    }
}
