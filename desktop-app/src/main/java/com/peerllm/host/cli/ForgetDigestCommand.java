package com.peerllm.host.cli;

import com.peerllm.host.HostData;
import com.peerllm.host.Surroundings;
import com.peerllm.host.catalog.PinnedDigests;
import com.peerllm.host.kernel.HostException;
import com.peerllm.host.kernel.Problem;
import com.peerllm.shared.model.ModelDigest;
import java.io.PrintWriter;
import java.net.URI;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code peerllm host models forget-digest}: a person trusts the new file that a publisher has put in an old one's place. */
@Command(
        name = "forget-digest",
        mixinStandardHelpOptions = true,
        description = {
            "Forget the SHA-256 that was read first of a published file, so that the publisher's present one counts.",
            "Only when the publisher has announced a new file: else what is offered may be somebody else's."
        })
final class ForgetDigestCommand implements Callable<Integer> {
    private final Surroundings around;

    @Spec
    CommandSpec spec;

    @Mixin
    CommonOptions common;

    @Parameters(
            paramLabel = "ID|URL",
            description =
                    "As for `models download`: an id of the catalogue, with :QUANTIZATION for another variant than"
                            + " the first; or an address.")
    String what;

    ForgetDigestCommand(Surroundings around) {
        this.around = around;
    }

    /** For programs. */
    record Answer(URI file, ModelDigest forgotten) {}

    @Override
    public Integer call() {
        try (HostData data = common.open(around)) {
            URI file = new DownloadTarget(data.folders(), around.properties())
                    .order(what, Optional.empty(), Optional.empty())
                    .from();
            PinnedDigests pins = new PinnedDigests(data.digestPins(), around.clock());
            ModelDigest known = pins.of(file)
                    .orElseThrow(() -> new HostException(
                            Problem.USAGE, "No digest of " + file + " was read on this computer; nothing to forget."));
            pins.forget(file);
            PrintWriter out = spec.commandLine().getOut();
            if (common.json) Json.print(out, new Answer(file, known));
            else
                out.println("Forgot " + known.shortForm() + "... of " + file
                        + ". The next download reads its digest anew and keeps that.");
            return ExitCode.OK.number();
        }
    }
}
