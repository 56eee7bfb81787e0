package com.peerllm.host.cli;

import com.peerllm.host.HostData;
import com.peerllm.host.HostProgram;
import com.peerllm.host.HostStatusFile;
import com.peerllm.host.LinkOptions;
import com.peerllm.host.LocalHost;
import com.peerllm.host.Machine;
import com.peerllm.host.PlannedModel;
import com.peerllm.host.ServePlan;
import com.peerllm.host.Surroundings;
import com.peerllm.host.catalog.Wish;
import com.peerllm.host.engine.EngineNatives;
import com.peerllm.host.engine.EngineOptions;
import com.peerllm.host.hardware.HardwareProfile;
import com.peerllm.host.kernel.Cancellation;
import com.peerllm.host.kernel.HostException;
import com.peerllm.host.kernel.Lifecycle;
import com.peerllm.host.kernel.Lifecycles;
import com.peerllm.host.kernel.Problem;
import com.peerllm.host.kernel.ThreadAlarms;
import com.peerllm.host.modelstore.CheckedModel;
import com.peerllm.host.modelstore.ModelStore;
import com.peerllm.host.platform.AppFolders;
import com.peerllm.host.platform.InstanceLock;
import com.peerllm.host.platform.sensors.Programs;
import com.peerllm.host.service.DetachedHost;
import com.peerllm.host.service.JavaCommand;
import com.peerllm.host.session.OrchestratorAddress;
import com.peerllm.host.settings.Asks;
import com.peerllm.host.settings.HostSettings;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code peerllm host start}: serves models until it is told to stop. */
@Command(
        name = "start",
        mixinStandardHelpOptions = true,
        description = "Serve models to the network until Ctrl-C or SIGTERM.")
final class StartCommand implements Callable<Integer> {
    /** Where `peerllm orchestrator` listens when nobody says otherwise. */
    static final String ON_THIS_COMPUTER = "ws://127.0.0.1:8080";

    private final Surroundings around;
    private final StopRequest stop;

    @Spec
    CommandSpec spec;

    @Mixin
    CommonOptions common;

    @Option(
            names = "--orchestrator",
            paramLabel = "URL",
            description =
                    "The orchestrator to serve, such as wss://peers.example. Without it: that of settings.json, else "
                            + ON_THIS_COMPUTER + ".")
    String orchestrator;

    @Option(
            names = "--model",
            paramLabel = "FILE|NAME",
            description =
                    "The GGUF file or the name of a model to serve. May be given several times. Without it: those of"
                            + " settings.json, else the built-in one.")
    List<String> model;

    @Option(
            names = "--pin",
            paramLabel = "NAME",
            description = "A served model that stays in memory. May be given several times.")
    List<String> pin;

    @Option(
            names = "--price",
            paramLabel = "MODEL=PROMPT/COMPLETION",
            description =
                    "What to ask for a million prompt and completion tokens of a served model, in US dollars, such as"
                            + " my-model=0.40/1.20. May be given several times. Without it: that of settings.json, else"
                            + " the network's price.")
    List<String> price;

    @Option(names = "--slots", paramLabel = "N", description = "Answers at the same time.")
    Integer slots;

    @Option(names = "--context", paramLabel = "N", description = "Tokens that one answer may span, prompt included.")
    Integer context;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "Threads that compute. Without it: one less than the computer has cores.")
    Integer threads;

    @Option(
            names = "--gpu-layers",
            paramLabel = "N",
            description = "Layers to put on a GPU; 0 none, -1 all. Without it: all, if they fit.")
    Integer gpuLayers;

    @Option(
            names = "--allow-plaintext",
            description = "Connect to another computer without encryption: for a network that you trust.")
    boolean allowPlaintext;

    @Option(
            names = "--ca",
            paramLabel = "FILE",
            description = "Certificates (PEM) to trust besides those that Java trusts.")
    Path ca;

    @Option(
            names = "--detach",
            description = "Run in the background, also when this terminal is closed; `peerllm host stop` ends it.")
    boolean detach;

    @Option(names = "--once", description = "Exit with code 5 when the first attempt to connect fails.")
    boolean once;

    @Option(
            names = "--require-connection",
            paramLabel = "SECONDS",
            description = "Exit with code 5 when there is no connection after so many seconds.")
    Integer requireConnectionSeconds;

    StartCommand(Surroundings around, StopRequest stop) {
        this.around = around;
        this.stop = stop;
    }

    @Override
    public Integer call() {
        // A wrong address is told before anything is made in the data folder.
        if (orchestrator != null) address(orchestrator);
        new Asks(Map.of()).with(prices());
        checkRange("--slots", slots, 1, EngineOptions.MOST_SLOTS);
        checkRange("--context", context, EngineOptions.LEAST_CONTEXT, Integer.MAX_VALUE);
        checkRange("--threads", threads, 1, Integer.MAX_VALUE);
        checkRange("--require-connection", requireConnectionSeconds, 0, Integer.MAX_VALUE);
        if (detach) return detached();
        try (HostData data = common.open(around)) {
            data.settings().warning().ifPresent(spec.commandLine().getErr()::println);
            Machine machine = new Machine();
            ServePlan plan = plan(data, machine);
            HostProgram program =
                    new HostProgram(data, new LinkOptions(allowPlaintext, Optional.ofNullable(ca)), machine, around);
            LocalHost host = program.host();
            ZoneId zone = ZoneId.systemDefault();
            ThreadAlarms alarms = new ThreadAlarms(around.threads());
            Lifecycles all = new Lifecycles(List.of(
                    Lifecycle.stopping(program::close),
                    Lifecycle.stopping(alarms::close),
                    new HostStatusFile(program, data, alarms, around.clock(), zone)));
            PrintWriter out = spec.commandLine().getOut();
            ServingWatch watch = new ServingWatch(
                    data.identity().hostId(),
                    host,
                    plan,
                    new ServingWatch.Patience(once, requiredWithin()),
                    around.clock(),
                    zone,
                    common.json ? line -> Json.printLine(out, line) : line -> out.println(line.text()));
            stop.onMade(watch::stopWished);
            all.start();
            try {
                host.share(plan);
                return watch.untilTheEnd().number();
            } finally {
                all.stop();
            }
        }
    }

    private int detached() {
        AppFolders folders = common.folders(around);
        if (InstanceLock.isTaken(folders))
            throw new HostException(
                    Problem.DATA_FOLDER_IN_USE,
                    "A host runs with this data folder already. `peerllm host status` tells what it does.");
        Path output = folders.logs().resolve("start.log");
        List<String> typed = spec.commandLine().getParseResult().originalArgs();
        List<String> more = typed.subList(typed.indexOf(spec.name()) + 1, typed.size()).stream()
                .filter(word -> !word.equals("--detach"))
                .toList();
        DetachedHost host = new DetachedHost(
                JavaCommand.ofThisProgram(around.properties(), Optional.empty()),
                Programs.of(around.environment()),
                output);
        return new DetachedWatch(host.start(more), folders, output, spec.commandLine(), common.json).untilItServes();
    }

    private static void checkRange(String option, Integer value, int least, int most) {
        if (value == null || value >= least && value <= most) return;
        String range = most == Integer.MAX_VALUE ? "at least " + least : "from " + least + " to " + most;
        throw new HostException(Problem.USAGE, option + " must be " + range + "; it is " + value + ".");
    }

    private Optional<Duration> requiredWithin() {
        return Optional.ofNullable(requireConnectionSeconds).map(Duration::ofSeconds);
    }

    private ServePlan plan(HostData data, Machine machine) {
        HostSettings settings = data.settings().current().get();
        OrchestratorAddress address =
                address(first(orchestrator, settings.orchestrator()).orElse(ON_THIS_COMPUTER));
        Path natives = EngineNatives.locate(around.properties());
        HardwareProfile profile = machine.withDevices(natives, around.threads());
        Wish wish = new Wish(
                first(slots, settings.slots()),
                first(context, settings.contextPerSlot()),
                first(gpuLayers, settings.gpuLayers()));
        List<String> pinned = pin == null ? settings.pinned() : pin;
        Asks asks = Asks.of(settings).with(prices());
        List<PlannedModel> planned = new ArrayList<>();
        for (String wanted : wantedModels(data, settings)) {
            ServePlan.Shape shape =
                    ServePlan.shape(ModelStore.facts(data.models().locate(wanted)), profile, wish);
            CheckedModel checked = check(data.models(), wanted);
            boolean stays =
                    pinned.contains(wanted) || pinned.contains(checked.model().name());
            planned.add(ServePlan.planned(
                    checked,
                    shape,
                    natives,
                    first(threads, settings.threads()),
                    stays,
                    asks.of(wanted, checked.model().name())));
        }
        // Settings may pin models that are not served now.
        if (pin != null) refuseUnknownPins(pinned, planned);
        refuseUnknownPrices(planned, data, settings);
        return new ServePlan(address, Optional.ofNullable(ca), profile, planned);
    }

    private List<String> wantedModels(HostData data, HostSettings settings) {
        if (model != null) return model.stream().distinct().toList();
        String first = settings.model().orElseGet(() -> data.models().starter().name());
        return Stream.concat(Stream.of(first), settings.alsoServe().stream())
                .distinct()
                .toList();
    }

    private void refuseUnknownPins(List<String> pinned, List<PlannedModel> planned) {
        long found = planned.stream().filter(PlannedModel::pinned).count();
        if (found >= pinned.stream().distinct().count()) return;
        throw new HostException(
                Problem.USAGE,
                "A model that is to stay in memory (" + String.join(", ", pinned)
                        + ") is not among those that are served. Name it with --model too.");
    }

    /** Whoever names a price means a model that is served; settings may have prices of others. */
    private void refuseUnknownPrices(List<PlannedModel> planned, HostData data, HostSettings settings) {
        List<String> served = Stream.concat(
                        wantedModels(data, settings).stream(), planned.stream().map(PlannedModel::name))
                .toList();
        for (String model : new Asks(Map.of()).with(prices()).byModel().keySet()) {
            if (served.contains(model)) continue;
            throw new HostException(
                    Problem.USAGE,
                    "The price of " + model + " is given, and it is not among the models that are served. Name it with"
                            + " --model too.");
        }
    }

    private List<String> prices() {
        return price == null ? List.of() : price;
    }

    private OrchestratorAddress address(String text) {
        return OrchestratorAddress.parse(text, allowPlaintext);
    }

    private CheckedModel check(ModelStore models, String wanted) {
        HashLine progress = new HashLine(spec.commandLine().getErr());
        Cancellation cancellation = new Cancellation();
        stop.onMade(cancellation::cancel);
        return models.check(models.find(wanted, progress, cancellation), progress, cancellation);
    }

    private static Optional<String> first(String argument, Optional<String> setting) {
        return argument == null ? setting : Optional.of(argument);
    }

    private static OptionalInt first(Integer argument, OptionalInt setting) {
        return argument == null ? setting : OptionalInt.of(argument);
    }
}
