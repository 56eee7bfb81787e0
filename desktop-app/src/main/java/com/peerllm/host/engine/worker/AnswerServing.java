package com.peerllm.host.engine.worker;

import com.peerllm.host.engine.FromWorker;
import com.peerllm.host.engine.ToWorker;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.IntSupplier;

/** Puts together what answers chats with a loaded model, and does so all the worker's life. */
final class AnswerServing {
    private final WorkerLife life;
    private final BlockingQueue<PromptReader.Work> work;
    private final BlockingQueue<Job> ready = new LinkedBlockingQueue<>(Jobs.MOST_WAITING);
    private final Outbox outbox;
    private final IntSupplier threadShare;

    /** @param threadShare threads that other models leave to this one */
    AnswerServing(WorkerLife life, BlockingQueue<PromptReader.Work> work, Outbox outbox, IntSupplier threadShare) {
        this.life = life;
        this.work = work;
        this.outbox = outbox;
        this.threadShare = threadShare;
    }

    /** Runs until the parent no longer reads. */
    void run(LoadedModel loaded, ToWorker.Load load) throws IOException, InterruptedException {
        life.computes(loaded.context()::steps);
        loaded.context().threads().follow(load.threads(), threadShare);
        Grammars grammars = new Grammars(loaded.library(), loaded.vocabulary());
        PromptReader prompts = prompts(loaded, grammars);
        DecodeLoop loop = loop(loaded, grammars, load.slots());
        if (load.measured()) new SpeedMeasurement(life, outbox).look(loaded, load);
        life.start("engine-prompts", prompts::run);
        outbox.send(new FromWorker.Loaded(loaded.facts()));
        loop.run();
    }

    private PromptReader prompts(LoadedModel loaded, Grammars grammars) {
        AnswerPlans plans = new AnswerPlans(
                loaded.renderer().format(), loaded.marks(), loaded.vocabulary(), grammars, loaded.contextLimit());
        return new PromptReader(
                loaded.vocabulary(),
                loaded.renderer(),
                plans,
                loaded.marks(),
                loaded.contextLimit(),
                work,
                ready,
                outbox);
    }

    private DecodeLoop loop(LoadedModel loaded, Grammars grammars, int slotCount) {
        ContextSlots slots = new ContextSlots(slotCount);
        AnswerTelling telling = new AnswerTelling(slots, loaded.context(), outbox);
        Admission admission = new Admission(
                ready,
                slots,
                SlotChoice.of(loaded.model(), loaded.contextLimit()),
                new PrefixReuse(loaded.context()),
                samplers(loaded),
                grammars,
                loaded.marks(),
                telling,
                outbox);
        TokenBatch batch = new TokenBatch(Arena.global(), InferenceContext.MOST_TOKENS_PER_STEP);
        return new DecodeLoop(loaded.context(), loaded.vocabulary(), batch, slots, admission, telling, outbox);
    }

    private static SamplerFactory samplers(LoadedModel loaded) {
        return new SamplerFactory(
                loaded.library(),
                loaded.vocabulary(),
                new Candidates(Arena.global(), loaded.vocabulary().size()),
                System::nanoTime,
                loaded.contextLimit());
    }
}
