package com.peerllm.host.cli;

import com.peerllm.host.HostData;
import com.peerllm.host.Machine;
import com.peerllm.host.SpeedRecords;
import com.peerllm.host.Surroundings;
import com.peerllm.host.catalog.Advisor;
import com.peerllm.host.catalog.Catalogs;
import com.peerllm.host.catalog.Fit;
import com.peerllm.host.catalog.FitAdvice;
import com.peerllm.host.catalog.MeasuredSpeeds;
import com.peerllm.host.catalog.ModelChoice;
import com.peerllm.host.catalog.Wish;
import com.peerllm.host.engine.EngineException;
import com.peerllm.host.engine.EngineNatives;
import com.peerllm.host.hardware.HardwareProfile;
import com.peerllm.host.hardware.Sourced;
import com.peerllm.host.kernel.ByteSize;
import com.peerllm.host.kernel.HostException;
import com.peerllm.host.modelstore.ModelStore;
import com.peerllm.host.modelstore.StoredModel;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code peerllm host check}: what this computer is and which models it can serve; needs no network and no account. */
@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        description = "Tell what this computer is and which of its models fit.")
final class CheckCommand implements Callable<Integer> {
    private final Surroundings around;

    @Spec
    CommandSpec spec;

    @Mixin
    CommonOptions common;

    CheckCommand(Surroundings around) {
        this.around = around;
    }

    /** What is found out, for people and for programs. */
    record Checked(
            String sentence,
            HardwareProfile machine,
            Optional<String> engineTrouble,
            List<ModelFit> models,
            Optional<Recommendation> recommendation) {}

    /** The published model to begin with on this computer. */
    record Recommendation(String id, String name, String file, String licence, FitAdvice advice) {}

    /**
     * One model on this computer.
     *
     * @param fit {@code runs}, {@code too_big}, {@code unknown} or {@code unusable}
     */
    record ModelFit(String name, String fit, String sentence) {}

    @Override
    public Integer call() {
        try (HostData data = common.open(around)) {
            Machine machine = new Machine();
            Optional<EngineException> trouble = Optional.empty();
            HardwareProfile profile = machine.withoutDevices();
            MeasuredSpeeds speeds = MeasuredSpeeds.NONE;
            try {
                Path natives = EngineNatives.locate(around.properties());
                profile = machine.withDevices(natives, around.threads());
                speeds = SpeedRecords.of(data, profile, EngineNatives.release(natives));
            } catch (EngineException e) {
                trouble = Optional.of(e);
            }
            data.models().starter();
            Checked checked = new Checked(
                    profile.sentence(),
                    profile,
                    trouble.map(e -> e.failure().sentence()),
                    fits(data.models(), profile),
                    recommendation(data, new Advisor(profile, speeds)));
            print(checked);
            return trouble.map(e -> ExitCode.of(e.failure().code()))
                    .orElse(ExitCode.OK)
                    .number();
        }
    }

    private static Optional<Recommendation> recommendation(HostData data, Advisor advisor) {
        return ModelChoice.of(new Catalogs(data.folders()).read().catalog(), advisor)
                .map(choice -> new Recommendation(
                        choice.model().id(),
                        choice.model().name() + " " + choice.variant().quantization(),
                        choice.variant().file(),
                        choice.model().licence(),
                        choice.advice()));
    }

    private static List<ModelFit> fits(ModelStore models, HardwareProfile machine) {
        return models.list().stream().map(model -> fit(model, machine)).toList();
    }

    private static ModelFit fit(StoredModel model, HardwareProfile machine) {
        try {
            return switch (Fit.of(ModelStore.facts(model.path()), machine, Wish.NONE)) {
                case Fit.Runs runs ->
                    new ModelFit(
                            model.name(),
                            "runs",
                            "Runs with " + runs.shape().slots() + " slots of "
                                    + runs.shape().contextPerSlot() + " tokens in "
                                    + ByteSize.inWords(runs.memory().totalBytes()) + ".");
                case Fit.TooBig no -> new ModelFit(model.name(), "too_big", no.sentence());
                case Fit.Unknown unknown -> new ModelFit(model.name(), "unknown", "It may run: " + unknown.why() + ".");
            };
        } catch (HostException e) {
            return new ModelFit(model.name(), "unusable", e.sentence());
        }
    }

    private void print(Checked checked) {
        PrintWriter out = spec.commandLine().getOut();
        if (common.json) {
            Json.print(out, checked);
            return;
        }
        HardwareProfile machine = checked.machine();
        out.println("This computer: " + checked.sentence());
        out.println("  processor  " + line(machine.cpu()));
        out.println("  cores      " + line(machine.physicalCores()));
        out.println("  memory     " + bytes(machine.totalMemoryBytes()));
        out.println("  free now   " + bytes(machine.availableMemoryBytes()));
        if (machine.devices().value().isEmpty()) {
            out.println("  GPUs       none (" + machine.devices().source() + ")");
        }
        machine.devices()
                .value()
                .forEach(gpu -> out.println("  GPU        " + gpu.name() + ", " + ByteSize.inWords(gpu.freeBytes())
                        + " of " + ByteSize.inWords(gpu.totalBytes()) + " free ("
                        + machine.devices().source() + ")"));
        out.println("Models here:");
        checked.models().forEach(model -> out.println("  " + model.name() + ": " + model.sentence()));
        checked.recommendation()
                .ifPresent(one -> out.println("To begin with: " + one.name() + " (" + one.id() + ", " + one.licence()
                        + "). " + one.advice().why() + " More: peerllm host models catalog"));
        checked.engineTrouble()
                .ifPresent(sentence -> spec.commandLine().getErr().println(sentence));
    }

    private static String line(Sourced<?> figure) {
        return figure.value() + " (" + figure.source() + ")";
    }

    private static String bytes(Sourced<Long> figure) {
        return ByteSize.inWords(figure.value()) + " (" + figure.source() + ")";
    }
}
