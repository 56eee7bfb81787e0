package com.peerllm.host;

import com.peerllm.host.engine.BenchmarkSearch;
import com.peerllm.host.engine.EngineErrorCode;
import com.peerllm.host.engine.EngineException;
import com.peerllm.host.engine.MeasuredTrial;
import com.peerllm.host.engine.ModelBenchmark;
import com.peerllm.host.hardware.HardwareProfile;
import com.peerllm.host.kernel.Cancellation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadFactory;

/** Finds how a model is computed fastest on this computer, and keeps it for the model's next start. */
public final class FastestWay {
    private final HardwareProfile machine;
    private final ModelRecords records;
    private final Duration budget;
    private final ThreadFactory threads;

    /** What was found, and all that was measured for it. */
    public record Found(MeasuredTrial best, List<MeasuredTrial> trials) {}

    /** Hears how the search goes. */
    public interface Progress {
        /** For whoever wants the end only. */
        Progress SILENT = new Progress() {
            @Override
            public void measured(MeasuredTrial trial) {}

            @Override
            public void failed(String sentence) {}
        };

        void measured(MeasuredTrial trial);

        /** One of the ways cannot be computed; the others are still tried. */
        void failed(String sentence);
    }

    /** @param budget no measurement is begun after so long; the first of each place is always made */
    public FastestWay(HardwareProfile machine, ModelRecords records, Duration budget, ThreadFactory threads) {
        this.machine = machine;
        this.records = records;
        this.budget = budget;
        this.threads = threads;
    }

    /**
     * With the layers that fit the GPU, and without, when there is one. A model that is too slow is not loaded any more.
     *
     * @throws EngineException when nothing could be measured
     * @throws java.util.concurrent.CancellationException when it is cancelled
     */
    public Found find(PlannedModel model, Progress progress, Cancellation cancellation) {
        List<MeasuredTrial> measured = new ArrayList<>();
        int planned = model.engine().gpuLayers();
        List<Integer> places = planned == 0 ? List.of(0) : List.of(planned, 0);
        for (int gpuLayers : places) {
            ModelBenchmark benchmark = new ModelBenchmark(
                    model.engine().withGpuLayers(gpuLayers), budget.dividedBy(places.size()), threads);
            try (var _ = cancellation.onCancel(benchmark::cancel)) {
                measured.addAll(benchmark.run(progress::measured));
            } catch (EngineException e) {
                boolean nothing = gpuLayers == 0 && measured.isEmpty();
                if (nothing && e.failure().code() == EngineErrorCode.TOO_SLOW)
                    records.quarantine(model.digest()).begin(e.failure().sentence());
                if (nothing) throw e;
                progress.failed(e.failure().sentence());
            }
        }
        // One core is left to the person.
        int most = Math.max(1, machine.physicalCores().value() - 1);
        MeasuredTrial best = BenchmarkSearch.best(measured, most);
        records.keep(model.digest(), best, true);
        return new Found(best, List.copyOf(measured));
    }
}
