package com.peerllm.host.cli;

import com.peerllm.host.HostData;
import com.peerllm.host.Surroundings;
import com.peerllm.host.kernel.HostException;
import com.peerllm.host.kernel.Problem;
import com.peerllm.host.modelstore.DownloadQueue;
import com.peerllm.host.modelstore.Downloads;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code peerllm host models download}: fetches one model, with its progress; the same command again goes on. */
@Command(
        name = "download",
        mixinStandardHelpOptions = true,
        description = {
            "Download a model: one of the catalogue, one that is on the list, or a GGUF file by its address.",
            "Ctrl-C keeps what was received, and the same command goes on with it."
        })
final class DownloadCommand implements Callable<Integer> {
    private final Surroundings around;
    private final StopRequest stop;

    @Spec
    CommandSpec spec;

    @Mixin
    CommonOptions common;

    @Parameters(
            paramLabel = "ID|NAME|URL",
            description =
                    "An id of `models catalog`, with :QUANTIZATION for another variant than the first; the name of a"
                            + " download; or an address. For an address on a model hub the SHA-256 is read there.")
    String what;

    @Option(names = "--sha256", paramLabel = "HEX", description = "The SHA-256 that the file must have.")
    String sha256;

    @Option(names = "--name", paramLabel = "NAME", description = "What the model is called here.")
    String name;

    @Option(names = "--cancel", description = "Give the download up, and delete what was received.")
    boolean cancel;

    DownloadCommand(Surroundings around, StopRequest stop) {
        this.around = around;
        this.stop = stop;
    }

    @Override
    public Integer call() {
        Optional<String> digest = Optional.ofNullable(sha256).map(hex -> hex.toLowerCase(Locale.ROOT));
        try (HostData data = common.open(around)) {
            return DownloadRun.with(
                    data, around, downloads -> cancel ? cancel(downloads) : fetch(data, downloads, digest));
        }
    }

    private int cancel(DownloadQueue downloads) {
        String id = DownloadTarget.onTheList(downloads, what)
                .orElseThrow(() -> new HostException(
                        Problem.USAGE,
                        "No download is called " + what + ". `peerllm host models downloads` shows those there are."));
        downloads.cancel(id);
        if (!common.json) spec.commandLine().getOut().println("Cancelled " + what + "; what was received is deleted.");
        return ExitCode.OK.number();
    }

    private int fetch(HostData data, DownloadQueue downloads, Optional<String> digest) {
        DownloadTarget target = new DownloadTarget(data.folders(), around.properties());
        Optional<String> listed = DownloadTarget.onTheList(downloads, what);
        Optional<Downloads.Order> order = listed.isPresent()
                ? Optional.empty()
                : Optional.of(target.order(what, digest, Optional.ofNullable(name)));
        DownloadWatch watch = new DownloadWatch(
                downloads,
                common.json,
                spec.commandLine().getOut(),
                spec.commandLine().getErr());
        stop.onMade(watch::stop);
        listed.ifPresent(downloads::resume);
        String id = listed.orElseGet(() -> downloads.fetch(order.orElseThrow()));
        Optional<String> model = watch.untilTheEnd(id);
        if (model.isEmpty()) return ExitCode.DOWNLOAD.number();
        if (!common.json)
            spec.commandLine()
                    .getOut()
                    .println(
                            "Downloaded " + model.get() + ". Serve it with: peerllm host start --model " + model.get());
        return ExitCode.OK.number();
    }
}
