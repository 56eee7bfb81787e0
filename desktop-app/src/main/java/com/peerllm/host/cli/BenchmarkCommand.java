package com.peerllm.host.cli;

import com.peerllm.host.FastestWay;
import com.peerllm.host.HostData;
import com.peerllm.host.Machine;
import com.peerllm.host.ModelRecords;
import com.peerllm.host.PlannedModel;
import com.peerllm.host.ServePlan;
import com.peerllm.host.Surroundings;
import com.peerllm.host.catalog.Wish;
import com.peerllm.host.engine.EngineNatives;
import com.peerllm.host.engine.MeasuredTrial;
import com.peerllm.host.engine.Trial;
import com.peerllm.host.hardware.HardwareProfile;
import com.peerllm.host.kernel.Cancellation;
import com.peerllm.host.kernel.HostException;
import com.peerllm.host.kernel.Problem;
import com.peerllm.host.modelstore.CheckedModel;
import com.peerllm.host.settings.HostSettings;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code peerllm host benchmark}: finds how a model is computed fastest here, and keeps it for {@code start}. */
@Command(
        name = "benchmark",
        mixinStandardHelpOptions = true,
        description = "Measure how fast a model is here, and keep the fastest way for the next start.")
final class BenchmarkCommand implements Callable<Integer> {
    private final Surroundings around;
    private final StopRequest stop;

    @Spec
    CommandSpec spec;

    @Mixin
    CommonOptions common;

    @Option(
            names = "--model",
            paramLabel = "FILE|NAME",
            description = "The model. Without it: that of settings.json, else the built-in one.")
    String model;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            defaultValue = "20",
            description = "No measurement is begun after so many seconds; ${DEFAULT-VALUE} unless told.")
    int seconds;

    BenchmarkCommand(Surroundings around, StopRequest stop) {
        this.around = around;
        this.stop = stop;
    }

    /** For programs. */
    record Benchmark(String model, MeasuredTrial best, List<MeasuredTrial> trials) {}

    @Override
    public Integer call() {
        if (seconds < 1) throw new HostException(Problem.USAGE, "--seconds must be at least 1; it is " + seconds + ".");
        try (HostData data = common.open(around)) {
            Path natives = EngineNatives.locate(around.properties());
            HardwareProfile machine = new Machine().withDevices(natives, around.threads());
            ModelRecords records = new ModelRecords(data, machine, EngineNatives.release(natives), around.clock());
            Cancellation cancellation = new Cancellation();
            stop.onMade(cancellation::cancel);
            PlannedModel planned = planned(data, machine, natives, cancellation);
            FastestWay.Found found = new FastestWay(machine, records, Duration.ofSeconds(seconds), around.threads())
                    .find(planned, new Lines(), cancellation);
            print(new Benchmark(planned.name(), found.best(), found.trials()));
            return ExitCode.OK.number();
        }
    }

    private PlannedModel planned(HostData data, HardwareProfile machine, Path natives, Cancellation cancellation) {
        HostSettings settings = data.settings().current().get();
        String wanted = model != null
                ? model
                : settings.model().orElseGet(() -> data.models().starter().name());
        HashLine progress = new HashLine(spec.commandLine().getErr());
        CheckedModel checked =
                data.models().check(data.models().find(wanted, progress, cancellation), progress, cancellation);
        Wish wish = new Wish(OptionalInt.of(4), OptionalInt.empty(), settings.gpuLayers());
        return ServePlan.planned(
                checked,
                ServePlan.shape(checked.facts(), machine, wish),
                natives,
                OptionalInt.empty(),
                false,
                Optional.empty());
    }

    /** Each measurement is a line, for whoever reads along. */
    private final class Lines implements FastestWay.Progress {
        @Override
        public void measured(MeasuredTrial trial) {
            if (!common.json) spec.commandLine().getErr().println("  " + line(trial));
        }

        @Override
        public void failed(String sentence) {
            spec.commandLine().getErr().println(sentence);
        }
    }

    private void print(Benchmark done) {
        PrintWriter out = spec.commandLine().getOut();
        if (common.json) Json.print(out, done);
        else out.println(done.model() + ": " + line(done.best()) + ". Kept for the next start.");
    }

    private static String line(MeasuredTrial measured) {
        Trial trial = measured.trial();
        return String.format(
                Locale.ROOT,
                "%d %s, batch %d%s: %.1f tokens/s with one answer, %.1f with four, prompts %.0f tokens/s",
                trial.threads(),
                trial.threads() == 1 ? "thread" : "threads",
                trial.microBatch(),
                trial.gpuLayers() == 0
                        ? ""
                        : trial.gpuLayers() < 0
                                ? ", all layers on the GPU"
                                : ", " + trial.gpuLayers() + " layers on the GPU",
                measured.speed().decodeOne(),
                measured.speed().decodeFour(),
                measured.speed().prefill());
    }
}
