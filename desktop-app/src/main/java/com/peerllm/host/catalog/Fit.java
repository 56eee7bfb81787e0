package com.peerllm.host.catalog;

import com.peerllm.host.hardware.HardwareProfile;
import com.peerllm.shared.gguf.ContextPlan;
import com.peerllm.shared.gguf.GgufFacts;
import com.peerllm.shared.gguf.MemoryEstimate;
import com.peerllm.shared.gguf.ModelKind;
import com.peerllm.shared.gguf.RunShape;
import java.util.List;
import java.util.stream.Stream;

/** Whether a model runs on this computer, and how: the one answer behind badge, launch plan and admission. Pure. */
public sealed interface Fit {
    /** All layers on a GPU, as the engine writes it. */
    int ALL_LAYERS = -1;

    /** What a slot is given when nobody wishes otherwise and memory allows. */
    int USUAL_CONTEXT = 4096;

    /** What a text for an embedding may have when nobody wishes otherwise: its memory grows with the square. */
    int USUAL_TEXT = 2048;

    /** With less context than this, fewer slots are better; a wish below it stands. */
    int LEAST_USEFUL_CONTEXT = 1024;

    /** Tokens of one step of the engine; of these, one for each slot at most has a row of logits. */
    int TOKENS_PER_STEP = 512;

    /** Tried from the most useful down. */
    List<Integer> USUAL_SLOTS = List.of(8, 4, 2, 1);

    /**
     * It runs in this shape.
     *
     * @param gpuLayers layers for a GPU; negative means all
     */
    record Runs(RunShape shape, MemoryEstimate.Known memory, int gpuLayers) implements Fit {}

    /** It does not fit; the reason says by how much and what to do. */
    record TooBig(FitReason.TooBig reason) implements Fit {
        public String sentence() {
            return reason.sentence();
        }
    }

    /** The memory it needs cannot be told, which is not a no; it would be tried in this shape. */
    record Unknown(String why, RunShape shape, int gpuLayers) implements Fit {}

    /** What models may take of main memory now, besides what those in memory take; mapped memory is not counted as free. */
    static long room(HardwareProfile machine, long residentBytes) {
        return Math.max(0, Math.min(MemoryPlace.room(machine), MemoryPlace.mostRoom(machine) - residentBytes));
    }

    /** The first way that fits, most useful first: on the GPU before beside it, more slots before fewer. */
    static Fit of(GgufFacts facts, HardwareProfile machine, Wish wish) {
        long mostAvailable = 0;
        long leastNeeded = Long.MAX_VALUE;
        for (MemoryPlace place : MemoryPlace.of(machine, wish)) {
            for (RunShape shape : shapes(facts, wish)) {
                int least = wish.contextPerSlot().orElse(LEAST_USEFUL_CONTEXT);
                switch (ContextPlan.fit(facts, shape, least, place.availableBytes())) {
                    case ContextPlan.Fits fits -> {
                        return new Runs(fits.shape(), fits.memory(), place.layers(facts, fits.memory()));
                    }
                    case ContextPlan.Unknown unknown -> {
                        return new Unknown(unknown.why(), shape, place.gpuLayers());
                    }
                    case ContextPlan.TooBig tooBig -> {
                        leastNeeded = Math.min(leastNeeded, tooBig.neededBytes());
                        mostAvailable = Math.max(mostAvailable, tooBig.availableBytes());
                    }
                }
            }
        }
        return new TooBig(new FitReason.TooBig(leastNeeded, mostAvailable, wish.isParticular()));
    }

    private static List<RunShape> shapes(GgufFacts facts, Wish wish) {
        int usual = facts.kind() == ModelKind.EMBEDDING ? USUAL_TEXT : USUAL_CONTEXT;
        int context =
                Math.min(wish.contextPerSlot().orElse(usual), facts.shape().contextLength());
        Stream<Integer> slots =
                wish.slots().isPresent() ? Stream.of(wish.slots().getAsInt()) : USUAL_SLOTS.stream();
        return slots.map(count -> RunShape.of(context, count).withBatch(TOKENS_PER_STEP, count))
                .toList();
    }
}
