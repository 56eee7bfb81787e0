package com.peerllm.host.cli;

import com.peerllm.host.HostData;
import com.peerllm.host.Surroundings;
import com.peerllm.host.catalog.Advisor;
import com.peerllm.host.catalog.ModelChoice;
import com.peerllm.host.kernel.Cancellation;
import com.peerllm.host.kernel.HostException;
import com.peerllm.host.kernel.Problem;
import com.peerllm.host.session.OrchestratorAddress;
import com.peerllm.host.settings.HostSettings;
import com.peerllm.host.settings.SharingRules;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code peerllm host setup}: the first steps of a host without a screen; done again, it changes what is answered anew. */
@Command(
        name = "setup",
        mixinStandardHelpOptions = true,
        description = {
            "Choose a model, when to share and the network; nothing is shared before `start`.",
            "Asks on the terminal for what is not given as an option."
        })
final class SetupCommand implements Callable<Integer> {
    private final Surroundings around;
    private final StopRequest stop;
    private final Questions questions;

    @Spec
    CommandSpec spec;

    @Mixin
    CommonOptions common;

    @Option(names = "--yes", description = "Take what is recommended for everything that is not given.")
    boolean yes;

    @Option(
            names = "--model",
            paramLabel = "ID|NAME|FILE",
            description =
                    "An id of `models catalog`, which is downloaded; a model that is here; a GGUF file; or built-in.")
    String model;

    @Option(
            names = "--profile",
            paramLabel = "WORD",
            description = "When and how much to share: light, balanced or full.")
    String profile;

    @Option(names = "--orchestrator", paramLabel = "URL", description = "The network, such as wss://peers.example.")
    String orchestrator;

    @Option(
            names = "--allow-plaintext",
            description = "Take an address of another computer without encryption: for a network that you trust.")
    boolean allowPlaintext;

    @Option(
            names = "--service",
            negatable = true,
            description = "Let the operating system start this host by itself; see `service install`.")
    Boolean service;

    SetupCommand(Surroundings around, StopRequest stop, Questions questions) {
        this.around = around;
        this.stop = stop;
        this.questions = questions;
    }

    /**
     * For programs.
     *
     * @param machine this computer in a sentence
     * @param name of this host on the network, which everybody sees
     */
    record Ready(String machine, String name, String model, String profile, String orchestrator, boolean service) {}

    @Override
    public Integer call() {
        if (orchestrator != null) address(orchestrator);
        if (profile != null) profile(profile);
        Ready ready;
        try (HostData data = common.open(around)) {
            data.settings().warning().ifPresent(err()::println);
            Optional<Ready> done = setUp(data);
            if (done.isEmpty()) return ExitCode.DOWNLOAD.number();
            ready = done.get();
        }
        if (ready.service()) {
            int code = install();
            if (code != ExitCode.OK.number()) return code;
        }
        if (common.json) Json.print(out(), ready);
        else
            out().println("Ready" + (ready.service() ? "; it runs as a service." : ". Start with: peerllm host start"));
        return ExitCode.OK.number();
    }

    private Optional<Ready> setUp(HostData data) {
        HostSettings before = data.settings().current().get();
        SetupAnswers answers = new SetupAnswers(yes, common.json ? nobody -> Optional.empty() : questions, err());
        // The engine's devices are asked for here; a host that serves has them anyway.
        Advisor advisor = CatalogAdvice.look(data, around, err()::println);
        Optional<ModelChoice> recommended = SetupModel.recommended(data, advisor);
        say("This computer: " + advisor.machine().sentence());
        say("Its name on the network, which everybody sees: "
                + data.identity().hostId().pseudonym());
        recommended.ifPresent(choice -> say("Recommended: " + SetupModel.words(choice)));

        SetupModel models = new SetupModel(data, around.properties());
        SetupModel.Chosen chosen = answers.answer(
                "--model", model, "Model (an id, a file or built-in)", models.usual(recommended), models::read);
        String usualProfile = before.rules().profile().name().toLowerCase(Locale.ROOT);
        SharingRules.Profile share = answers.answer(
                "--profile", profile, "When to share: light, balanced or full", usualProfile, SetupCommand::profile);
        OrchestratorAddress network = answers.answer(
                "--orchestrator",
                orchestrator,
                "Address of the network",
                before.orchestrator().orElse(StartCommand.ON_THIS_COMPUTER),
                this::address);
        boolean asService = answers.yesOrNo("--service", service, "Start by itself after each sign-in?", false);

        data.settings()
                .update(now -> now.edit()
                        .orchestrator(Optional.of(network.text()))
                        .rules(
                                now.rules().profile() == share
                                        ? now.rules()
                                        : now.rules().as(share))
                        .done());
        Optional<String> name = name(data, chosen);
        name.ifPresent(served -> data.settings().update(now -> now.withModel(served)));
        return name.map(served -> new Ready(
                advisor.machine().sentence(),
                data.identity().hostId().pseudonym(),
                served,
                share.name().toLowerCase(Locale.ROOT),
                network.text(),
                asService));
    }

    /** Empty when the person has enough of a download; the rest of the settings stands. */
    private Optional<String> name(HostData data, SetupModel.Chosen chosen) {
        return switch (chosen) {
            case SetupModel.Chosen.Here(String wanted) ->
                Optional.of(data.models()
                        .find(wanted, new HashLine(err()), new Cancellation())
                        .name());
            case SetupModel.Chosen.Published published ->
                DownloadRun.with(data, around, downloads -> {
                    DownloadWatch watch = new DownloadWatch(downloads, false, out(), err());
                    stop.onMade(watch::stop);
                    return watch.untilTheEnd(downloads.fetch(published.order()));
                });
        };
    }

    private int install() {
        List<String> command = new ArrayList<>(List.of("install"));
        if (common.data != null) command.addAll(List.of("--data", common.data.toString()));
        CommandLine installing = spec.root().commandLine().getSubcommands().get("service");
        if (common.json) installing.setOut(err());
        return installing.execute(command.toArray(String[]::new));
    }

    private static SharingRules.Profile profile(String word) {
        return Arrays.stream(SharingRules.Profile.values())
                .filter(each -> each.name().equalsIgnoreCase(word))
                .findFirst()
                .orElseThrow(() -> new HostException(
                        Problem.USAGE,
                        "\"" + word + "\" is not a profile. It is one of "
                                + Arrays.stream(SharingRules.Profile.values())
                                        .map(each -> each.name().toLowerCase(Locale.ROOT))
                                        .collect(Collectors.joining(", "))
                                + "."));
    }

    private OrchestratorAddress address(String text) {
        return OrchestratorAddress.parse(text, allowPlaintext);
    }

    /** For people; programs read one document. */
    private void say(String line) {
        if (!common.json) out().println(line);
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }

    private PrintWriter err() {
        return spec.commandLine().getErr();
    }
}
