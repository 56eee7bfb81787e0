package com.peerllm.benchmarks.routing;

import com.peerllm.orchestrator.routing.Decision;
import com.peerllm.orchestrator.routing.ModelIndex;
import com.peerllm.orchestrator.routing.RouteRequest;
import com.peerllm.orchestrator.routing.Router;
import com.peerllm.shared.identity.HostId;
import com.peerllm.shared.money.Credits;
import com.peerllm.shared.money.TokenPrice;
import com.peerllm.shared.openai.HostWishes;
import com.peerllm.shared.wire.ModelFeature;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What a routing decision costs, and keeping the index in step: JMH. Command: see docs/routing.md.
 *
 * <p>1,000 models; each request asks for another one at random, so that its index comes out of the memory as it would on a
 * busy orchestrator. With {@code popular} the first model is served by all hosts and gets half of the requests; otherwise
 * the hosts are spread, three models each. 30 % of the hosts are full, 5 % are newcomers, prices differ by up to 4 times, one
 * request in eight comes back to the host of its conversation.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(
        value = 1,
        jvmArgsAppend = {"-Xmx4g", "-XX:+UseSerialGC"})
@Warmup(iterations = 3, time = 3)
@Measurement(iterations = 5, time = 3)
public class RoutingBenchmark {
    private static final int MODELS = 1_000;
    private static final int MODELS_PER_HOST = 3;
    private static final int REQUESTS = 1 << 14;
    private static final int ANSWER_TOKENS = 256;

    @Param({"1000", "10000", "100000"})
    public int hosts;

    @Param({"popular", "spread"})
    public String models;

    private final SplittableRandom random = new SplittableRandom(7);
    private final Router router = new Router(new SplittableRandom(8));
    private final List<ModelIndex<BenchmarkHost>> indices = new ArrayList<>();
    private final List<BenchmarkHost> places = new ArrayList<>();
    private RouteRequest[] requests;
    private int[] modelOf;
    private int turn;

    @Setup
    public void fill() {
        for (int i = 0; i < MODELS; i++) indices.add(new ModelIndex<>());
        for (int host = 0; host < hosts; host++) {
            HostId id = new HostId("host_" + String.format("%032x", host));
            if (models.equals("popular")) serve(id, 0);
            for (int i = 0; i < MODELS_PER_HOST; i++) serve(id, random.nextInt(MODELS));
        }
        requests = new RouteRequest[REQUESTS];
        modelOf = new int[REQUESTS];
        for (int i = 0; i < REQUESTS; i++) {
            modelOf[i] = models.equals("popular") && i % 2 == 0 ? 0 : served();
            ModelIndex<BenchmarkHost> index = indices.get(modelOf[i]);
            Optional<HostId> affinity = i % 8 == 0
                    ? Optional.of(index.get(random.nextInt(index.size())).host())
                    : Optional.empty();
            requests[i] = request(affinity);
        }
    }

    /** A model that somebody serves. */
    private int served() {
        int model = random.nextInt(MODELS);
        return indices.get(model).isEmpty() ? served() : model;
    }

    private RouteRequest request(Optional<HostId> affinity) {
        int prompt = 20 + random.nextInt(1000);
        Set<ModelFeature> features = random.nextInt(4) == 0
                ? EnumSet.of(ModelFeature.CHAT, ModelFeature.TOOLS)
                : EnumSet.of(ModelFeature.CHAT);
        return new RouteRequest(prompt, ANSWER_TOKENS, prompt + 1, features, Set.of(), HostWishes.NONE, affinity);
    }

    private void serve(HostId id, int model) {
        int slots = 1 + random.nextInt(8);
        BenchmarkHost host = new BenchmarkHost(
                id,
                new BenchmarkHost.Announced(
                        4096 << random.nextInt(4),
                        random.nextInt(10) == 0
                                ? EnumSet.of(ModelFeature.CHAT)
                                : EnumSet.of(ModelFeature.CHAT, ModelFeature.TOOLS, ModelFeature.JSON_SCHEMA),
                        slots,
                        5 + random.nextInt(100),
                        50 + random.nextInt(1000)),
                new TokenPrice(Credits.ofDollars(1 + random.nextInt(4)), Credits.ofDollars(1 + random.nextInt(4))),
                new BenchmarkHost.Standing(
                        0.1 + random.nextDouble(), random.nextInt(20) == 0, 5 + random.nextInt(100)));
        int running = random.nextInt(10) < 3 ? slots : random.nextInt(slots);
        for (int i = 0; i < running; i++) host.jobSent(ANSWER_TOKENS);
        host.placed(indices.get(model).join(host));
        places.add(host);
    }

    /** One decision. */
    @Benchmark
    public Decision<BenchmarkHost> decision() {
        int at = turn++ & (REQUESTS - 1);
        return router.choose(requests[at], indices.get(modelOf[at]));
    }

    /** One decision, the job counted at its host, and a job that ends elsewhere: what one request costs in all. */
    @Benchmark
    public Decision<BenchmarkHost> request() {
        int at = turn++ & (REQUESTS - 1);
        Decision<BenchmarkHost> decision = router.choose(requests[at], indices.get(modelOf[at]));
        if (decision instanceof Decision.Chosen<BenchmarkHost> chosen)
            chosen.candidate().jobSent(ANSWER_TOKENS);
        BenchmarkHost other = places.get(random.nextInt(places.size()));
        if (other.runningJobs() > 0) other.jobEnded(ANSWER_TOKENS);
        return decision;
    }

    /** A host takes a job and is done with it: the index follows twice. */
    @Benchmark
    public BenchmarkHost twoUpdates() {
        BenchmarkHost host = places.get(random.nextInt(places.size()));
        host.jobSent(ANSWER_TOKENS);
        host.jobEnded(ANSWER_TOKENS);
        return host;
    }

    /** What the clock of the measurement costs by itself. */
    @Benchmark
    public int nothing() {
        return turn++;
    }
}
