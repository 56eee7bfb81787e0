package com.peerllm.host.cli;

import com.peerllm.host.Surroundings;
import com.peerllm.host.answering.NetworkKey;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code peerllm host key}: the person's own API key of the network, with which questions are asked there. Works beside a running host. */
@Command(
        name = "key",
        mixinStandardHelpOptions = true,
        description = "Tell whether there is an API key of the network; set it or delete it.")
final class KeyCommand implements Callable<Integer> {
    private final Surroundings around;

    @Spec
    CommandSpec spec;

    @Mixin
    CommonOptions common;

    KeyCommand(Surroundings around) {
        this.around = around;
    }

    @Override
    public Integer call() {
        return tell(common);
    }

    @Command(mixinStandardHelpOptions = true, description = "Keep a key, in a file that only you can read.")
    int set(
            @Mixin CommonOptions where,
            @Option(
                            names = "--from",
                            defaultValue = "-",
                            paramLabel = "FILE",
                            description =
                                    "A file with the key; - reads it from standard input, as without this option.")
                    Path from) {
        key(where).set(GivenText.read(from, "The key"));
        return tell(where);
    }

    @Command(
            mixinStandardHelpOptions = true,
            description = "Delete the key from this computer; the network still has it.")
    int clear(@Mixin CommonOptions where) {
        key(where).clear();
        return tell(where);
    }

    private NetworkKey key(CommonOptions where) {
        return new NetworkKey(where.folders(around).networkKey());
    }

    private int tell(CommonOptions where) {
        boolean set = key(where).isSet();
        PrintWriter out = spec.commandLine().getOut();
        if (where.json) Json.print(out, Map.of("set", set));
        else
            out.println(
                    set
                            ? "There is an API key of the network on this computer."
                            : "There is no API key of the network on this computer.");
        return ExitCode.OK.number();
    }
}
