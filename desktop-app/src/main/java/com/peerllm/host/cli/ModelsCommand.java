package com.peerllm.host.cli;

import com.peerllm.host.HostData;
import com.peerllm.host.Surroundings;
import com.peerllm.host.kernel.ByteSize;
import com.peerllm.host.kernel.Cancellation;
import com.peerllm.host.modelstore.Download;
import com.peerllm.host.modelstore.StoredModel;
import com.peerllm.host.settings.Asks;
import com.peerllm.shared.money.TokenPrice;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code peerllm host models}: what this host can serve, and the way in and out. */
@Command(
        name = "models",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        description = "List, download, import and delete models.")
final class ModelsCommand {
    private final Surroundings around;
    private final StopRequest stop;

    @Spec
    CommandSpec spec;

    ModelsCommand(Surroundings around, StopRequest stop) {
        this.around = around;
        this.stop = stop;
    }

    @Command(mixinStandardHelpOptions = true, description = "List the models of this host.")
    int list(@Mixin CommonOptions common) {
        try (HostData data = common.open(around)) {
            data.models().starter();
            List<StoredModel> models = data.models().list();
            if (common.json) Json.print(out(), models);
            else {
                Asks asks = Asks.of(data.settings().current().get());
                models.forEach(model -> print(model, asks.of(model.name())));
                downloadsOf(data)
                        .forEach(each -> out().println(each.name() + "  on its way: " + DownloadWords.words(each)));
            }
            return ExitCode.OK.number();
        }
    }

    @Command(mixinStandardHelpOptions = true, description = "List what is on its way.")
    int downloads(@Mixin CommonOptions common) {
        try (HostData data = common.open(around)) {
            List<Download> downloads = downloadsOf(data);
            if (common.json)
                Json.print(out(), downloads.stream().map(DownloadWords::line).toList());
            else if (downloads.isEmpty()) out().println("Nothing is on its way.");
            else downloads.forEach(each -> out().println(each.name() + "  " + DownloadWords.words(each)));
            return ExitCode.OK.number();
        }
    }

    private List<Download> downloadsOf(HostData data) {
        return DownloadRun.with(data, around, downloads -> downloads.all().get());
    }

    @Command(mixinStandardHelpOptions = true, description = "Keep a served model in memory.")
    int pin(@Mixin CommonOptions common, @Parameters(paramLabel = "NAME") String name) {
        return pinned(common, name, true);
    }

    @Command(mixinStandardHelpOptions = true, description = "Let a model leave memory when others need it.")
    int unpin(@Mixin CommonOptions common, @Parameters(paramLabel = "NAME") String name) {
        return pinned(common, name, false);
    }

    private int pinned(CommonOptions common, String name, boolean stays) {
        try (HostData data = common.open(around)) {
            StoredModel model =
                    data.models().find(name, new HashLine(spec.commandLine().getErr()), new Cancellation());
            data.settings()
                    .update(now -> now.edit()
                            .pinned(Stream.concat(
                                            now.pinned().stream().filter(each -> !each.equals(model.name())),
                                            stays ? Stream.of(model.name()) : Stream.empty())
                                    .toList())
                            .done());
            if (common.json) Json.print(out(), new Pinned(model.name(), stays));
            else out().println(model.name() + (stays ? " stays in memory while it is served." : " may leave memory."));
            return ExitCode.OK.number();
        }
    }

    /** For programs. */
    record Pinned(String name, boolean pinned) {}

    @Command(
            mixinStandardHelpOptions = true,
            description = "Tell where downloads and copies go; with DIR, move them and the models there.")
    int folder(@Mixin CommonOptions common, @Parameters(paramLabel = "DIR", arity = "0..1") Path to) {
        try (HostData data = common.open(around)) {
            Cancellation cancellation = new Cancellation();
            stop.onMade(cancellation::cancel);
            if (to != null)
                data.modelsMove().move(to, new HashLine(spec.commandLine().getErr()), cancellation);
            Path folder = data.modelsFolder().path();
            if (common.json) Json.print(out(), new Folder(folder, Files.isDirectory(folder)));
            else out().println(folder + (Files.isDirectory(folder) ? "" : " (not there)"));
            return ExitCode.OK.number();
        }
    }

    /** For programs. */
    record Folder(Path folder, boolean present) {}

    @Command(
            name = "import",
            mixinStandardHelpOptions = true,
            description = "Add a GGUF file; it stays where it is, unless --copy is given.")
    int importFile(
            @Mixin CommonOptions common,
            @Option(names = "--copy", description = "Copy the file into the data folder.") boolean copy,
            @Parameters(paramLabel = "FILE") Path file) {
        try (HostData data = common.open(around)) {
            HashLine progress = new HashLine(spec.commandLine().getErr());
            StoredModel model = data.models().importFile(file, copy, progress, new Cancellation());
            if (common.json) Json.print(out(), model);
            else
                out().println("Imported " + model.name() + ". Serve it with: peerllm host start --model "
                        + model.name());
            return ExitCode.OK.number();
        }
    }

    @Command(
            mixinStandardHelpOptions = true,
            description = "Forget a model. The file is deleted only when PeerLLM made it.")
    int delete(@Mixin CommonOptions common, @Parameters(paramLabel = "NAME") String name) {
        try (HostData data = common.open(around)) {
            StoredModel gone = data.models().delete(name);
            if (common.json) Json.print(out(), gone);
            else if (gone.madeHere()) out().println("Deleted " + gone.name() + " and its file.");
            else out().println("Forgot " + gone.name() + "; its file stays at " + gone.path() + ".");
            return ExitCode.OK.number();
        }
    }

    @Command(
            mixinStandardHelpOptions = true,
            description = "Let a model be loaded again that crashed the engine or was too slow.")
    int release(@Mixin CommonOptions common, @Parameters(paramLabel = "NAME") String name) {
        try (HostData data = common.open(around)) {
            StoredModel model =
                    data.models().find(name, new HashLine(spec.commandLine().getErr()), new Cancellation());
            boolean released = data.quarantines().release(model.digest());
            if (common.json) Json.print(out(), new Released(model.name(), released));
            else
                out().println(
                                released
                                        ? "Released " + model.name() + ". It is loaded at the next start."
                                        : model.name() + " was not in quarantine.");
            return ExitCode.OK.number();
        }
    }

    /** For programs. */
    record Released(String name, boolean released) {}

    private void print(StoredModel model, Optional<TokenPrice> ask) {
        String presence = switch (model.presence()) {
            case PRESENT -> "";
            case CHANGED -> ", changed since it was imported";
            case MISSING -> ", its file is gone";
        };
        out().println(String.format(
                Locale.ROOT,
                "%s  %s  %s  %s%s%s",
                model.name(),
                ByteSize.inWords(model.sizeBytes()),
                model.digest().shortForm(),
                model.path(),
                presence,
                ask.map(price -> ", asks " + Asks.words(price)).orElse("")));
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }
}
