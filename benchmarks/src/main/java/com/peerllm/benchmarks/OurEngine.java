package com.peerllm.benchmarks;

import com.peerllm.host.engine.Engine;
import com.peerllm.host.engine.EngineFailure;
import com.peerllm.host.engine.EngineOptions;
import com.peerllm.host.engine.Finish;
import com.peerllm.host.engine.GenerationListener;
import com.peerllm.host.engine.GenerationRequest;
import com.peerllm.host.engine.MemoryCheck;
import com.peerllm.host.engine.ModelFacts;
import com.peerllm.host.engine.Prompt;
import com.peerllm.host.engine.Sampling;
import com.peerllm.shared.wire.AnswerChunk;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The engine of this repository: a worker process, heard through its pipe. */
final class OurEngine implements Contender {
    private final Workload workload;
    private final Engine engine;
    private final Sampling neverEnding;
    private long round;

    OurEngine(Workload workload, Path natives) throws Exception {
        this.workload = workload;
        EngineOptions options = EngineOptions.of(workload.model(), natives)
                .withSlots(workload.mostSequences(), workload.contextPerSequence())
                .withThreads(workload.threads());
        engine = new Engine(options, MemoryCheck.none(), Thread.ofPlatform().factory(), InstantSource.system());
        ModelFacts facts = Engines.ready(engine);
        neverEnding = new Sampling(0, 1, 0, 0, 0, 0, 1, OptionalLong.empty(), Map.of(facts.eosToken(), -1000.0));
    }

    @Override
    public String name() {
        return "PeerLLM";
    }

    @Override
    public Figures run(int sequences) throws InterruptedException {
        round++;
        CountDownLatch open = new CountDownLatch(sequences);
        List<Heard> answers = new ArrayList<>();
        long start = System.nanoTime();
        for (int i = 0; i < sequences; i++) {
            Heard answer = new Heard(open);
            answers.add(answer);
            engine.generate(
                    GenerationRequest.of(new Prompt.Tokens(workload.prompt(i, round)))
                            .with(neverEnding)
                            .atMost(workload.answerTokens()),
                    answer);
        }
        if (!open.await(5, TimeUnit.MINUTES)) throw new IllegalStateException("The engine did not finish");
        return Figures.of(
                start,
                workload.promptTokens(),
                answers.stream().map(answer -> answer.times).toList());
    }

    @Override
    public void close() {
        engine.close();
    }

    private static final class Heard implements GenerationListener {
        private final TokenTimes times = new TokenTimes();
        private final CountDownLatch open;

        Heard(CountDownLatch open) {
            this.open = open;
        }

        @Override
        public void started(int promptTokens, int cachedTokens) {}

        @Override
        public void tokens(int[] ids, AnswerChunk chunk) {
            times.came(ids.length);
        }

        @Override
        public void finished(Finish finish) {
            open.countDown();
        }

        @Override
        public void failed(EngineFailure failure) {
            System.err.println("A generation failed: " + failure);
            open.countDown();
        }
    }
}
