package com.peerllm.host.cli;

import com.peerllm.host.HostData;
import com.peerllm.host.Surroundings;
import com.peerllm.host.kernel.ByteSize;
import com.peerllm.host.kernel.HostException;
import com.peerllm.host.kernel.Problem;
import com.peerllm.host.modelstore.StoredModel;
import com.peerllm.host.platform.AppFolders;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code peerllm remove-data}: what an uninstaller leaves, removed by the person whose it is. */
@Command(
        name = "remove-data",
        mixinStandardHelpOptions = true,
        description =
                "Remove the models that PeerLLM keeps, or everything it keeps for you. Files of yours that it only"
                        + " reads stay.")
final class RemoveDataCommand implements Callable<Integer> {
    private final Surroundings around;
    private final Questions questions;

    @Spec
    CommandSpec spec;

    @Mixin
    CommonOptions common;

    @Option(names = "--models", description = "The models, and nothing else.")
    boolean models;

    @Option(names = "--all", description = "Models, keys, earnings, chats and settings.")
    boolean all;

    @Option(names = "--yes", description = "Do not ask.")
    boolean yes;

    RemoveDataCommand(Surroundings around, Questions questions) {
        this.around = around;
        this.questions = questions;
    }

    @Override
    public Integer call() {
        AppFolders folders = common.folders(around);
        // Only a folder that a host has used: a mistyped --data must not cost somebody else's files.
        if (!Files.exists(folders.lock())) {
            out().println("PeerLLM keeps nothing in " + folders.data() + ".");
            return ExitCode.OK.number();
        }
        if (yes && !models && !all) throw new HostException(Problem.USAGE, "Say what to remove: --models or --all.");
        if (!all) offerModels(folders);
        if (!models) offerEverything(folders);
        return ExitCode.OK.number();
    }

    private void offerModels(AppFolders folders) {
        try (HostData data = HostData.open(folders, around.clock())) {
            List<StoredModel> kept = kept(data);
            String size = ByteSize.inWords(
                    kept.stream().mapToLong(StoredModel::sizeBytes).sum());
            Path folder = data.modelsFolder().path();
            if (kept.isEmpty() || !isWanted("Remove " + count(kept) + " (" + size + ") from " + folder + "?")) return;
            kept.forEach(model -> data.models().delete(model.name()));
            out().println("Removed " + count(kept) + ", " + size + ".");
        }
    }

    private void offerEverything(AppFolders folders) {
        String question = "Remove everything in " + folders.data() + " (" + ByteSize.inWords(size(folders.data()))
                + "): models, chats, settings, receipts, and the key by which the network pays this host?";
        if (!isWanted(question)) return;
        // Models may lie in another folder, beside files that are not PeerLLM's.
        try (HostData data = HostData.open(folders, around.clock())) {
            kept(data).forEach(model -> data.models().delete(model.name()));
        }
        removeAll(folders);
    }

    private static String count(List<StoredModel> models) {
        return models.size() == 1 ? "one model" : models.size() + " models";
    }

    private static List<StoredModel> kept(HostData data) {
        return data.models().list().stream().filter(StoredModel::madeHere).toList();
    }

    private boolean isWanted(String question) {
        if (yes) return true;
        String said = questions
                .ask(question + " [no] ")
                .orElseThrow(() -> new HostException(
                        Problem.USAGE, "There is no terminal to ask on. Give --yes with --models or --all."));
        return said.equalsIgnoreCase("y") || said.equalsIgnoreCase("yes");
    }

    private void removeAll(AppFolders folders) {
        try (Stream<Path> files = Files.walk(folders.data())) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) Files.delete(file);
        } catch (IOException e) {
            throw new HostException(
                    Problem.DATA_FOLDER_BROKEN,
                    "Not all of " + folders.data() + " could be removed. Remove it yourself.",
                    e);
        }
        out().println("Removed " + folders.data() + ".");
    }

    private static long size(Path path) {
        try (Stream<Path> files = Files.walk(path)) {
            return files.filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        } catch (IOException e) {
            return 0; // gone meanwhile, or on a disk that is not here
        }
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }
}
