package com.peerllm.orchestrator.routing;

import static org.assertj.core.api.Assertions.assertThat;

import com.peerllm.shared.identity.HostId;
import com.peerllm.shared.money.Credits;
import com.peerllm.shared.money.TokenPrice;
import com.peerllm.shared.openai.HostWishes;
import com.peerllm.shared.wire.ModelFeature;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class RouterTest {
    private static final Set<ModelFeature> CHAT = Set.of(ModelFeature.CHAT);

    private final Router router = new Router(new SplittableRandom(7));

    @Test
    void sendsToTheHostThatWouldFinishFirst() {
        Host slow = host(1).decode(10);
        Host fast = host(2).decode(80);
        Host busy = host(3).decode(100).running(2, 4000);
        assertThat(chosen(request(), slow, fast, busy)).isEqualTo(fast.host());
    }

    @Test
    void countsThePromptAndTheWayThereToo() {
        Host near = host(1).decode(50).prefill(100).roundTrip(1);
        Host far = host(2).decode(50).prefill(100).roundTrip(400);
        assertThat(chosen(request(), far, near)).isEqualTo(near.host());
        Host fastReader = host(3).decode(50).prefill(10_000).roundTrip(400);
        RouteRequest longPrompt = new RouteRequest(2000, 100, 2001, CHAT, Set.of(), HostWishes.NONE, Optional.empty());
        assertThat(chosen(longPrompt, near, fastReader)).isEqualTo(fastReader.host());
    }

    @Test
    void countsTheTimeToLoadAModelThatIsNotInMemory() {
        Host cold = host(1).decode(50).loading(10_000);
        Host slower = host(2).decode(25);
        assertThat(chosen(request(), cold, slower)).isEqualTo(slower.host());
        assertThat(chosen(request(), cold.loading(0), slower)).isEqualTo(cold.host());
    }

    @Test
    void triesAHostWhoseSpeedNobodyKnowsYet() {
        Host known = host(1).decode(500).roundTrip(2);
        Host unknown = host(2).decode(0).prefill(0).roundTrip(1);
        known.running(1, 100);
        assertThat(chosen(request(), known, unknown)).isEqualTo(unknown.host());
    }

    @Test
    void keepsToThePriceAndTheTrustThatTheConsumerWishes() {
        HostWishes wishes = new HostWishes(Optional.of(price(1, 3)), true);
        RouteRequest request = new RouteRequest(50, 100, 200, CHAT, Set.of(), wishes, Optional.empty());
        Decision<Host> decision =
                router.choose(request, List.of(host(1).fresh(), host(2).asking(2, 3), host(3).asking(1, 4)));
        assertThat(((Decision.NoHost<Host>) decision).rejections())
                .isEqualTo(Map.of(Rejection.NOT_TRUSTED, 1, Rejection.PRICE_TOO_HIGH, 2));
        assertThat(chosen(request, host(1).fresh(), host(4).asking(1, 3))).isEqualTo(id(4));
    }

    @Test
    void neverSendsWhereARejectionStands() {
        RouteRequest request = new RouteRequest(
                10,
                100,
                600,
                Set.of(ModelFeature.CHAT, ModelFeature.TOOLS),
                Set.of(id(1)),
                HostWishes.NONE,
                Optional.empty());
        Decision<Host> decision = router.choose(
                request,
                List.of(
                        host(1),
                        host(2).leaving(),
                        host(3).broken(),
                        host(4).context(512),
                        host(5).slots(0),
                        host(6).reputed(0),
                        host(7).offering(ModelFeature.CHAT),
                        host(8).offering(ModelFeature.TOOLS)));
        assertThat(((Decision.NoHost<Host>) decision).rejections())
                .isEqualTo(Map.of(
                        Rejection.ALREADY_TRIED, 1,
                        Rejection.DRAINING, 1,
                        Rejection.BREAKER_OPEN, 1,
                        Rejection.CONTEXT_TOO_SHORT, 1,
                        Rejection.NO_FREE_SLOT, 1,
                        Rejection.NO_REPUTATION, 1,
                        Rejection.NO_TOOLS, 1,
                        Rejection.NO_CHAT, 1));
    }

    @Test
    void saysThatNobodyHasTheModel() {
        assertThat(router.choose(request(), List.<Host>of())).isEqualTo(new Decision.NoHost<Host>(Map.of()));
    }

    @Test
    void keepsAConversationWhereItsPrefixIsWarmUntilThatHostIsCrowded() {
        RouteRequest followUp = new RouteRequest(500, 100, 501, CHAT, Set.of(), HostWishes.NONE, Optional.of(id(1)));
        Host warm = host(1).decode(10).slots(100);
        Host faster = host(2).decode(100).slots(100);
        assertThat(chosen(followUp, warm, faster)).isEqualTo(warm.host());
        warm.running(80, 80_000);
        assertThat(chosen(followUp, warm, faster)).isEqualTo(faster.host());
    }

    @Test
    void asksHostsOfBetterReputationMoreOften() {
        List<Host> hosts = new ArrayList<>();
        for (int i = 0; i < 20; i++) hosts.add(host(i).reputed(i < 10 ? 0.9 : 0.1));
        Map<HostId, Integer> asked = new HashMap<>();
        for (int i = 0; i < 4000; i++) {
            asked.merge(chosen(request(), hosts.toArray(Host[]::new)), 1, Integer::sum);
        }
        int good = IntStream.range(0, 10).map(i -> asked.getOrDefault(id(i), 0)).sum();
        assertThat(good).isGreaterThan(3500);
    }

    @Test
    void spreadsEqualHostsEvenlyAlsoInALongList() {
        for (int size : new int[] {8, 200}) {
            List<Host> hosts = IntStream.range(0, size)
                    .mapToObj(i -> host(i).roundTrip(i * 1e-6))
                    .toList();
            Map<HostId, Integer> asked = new HashMap<>();
            int requests = size * 50;
            for (int i = 0; i < requests; i++) {
                Host host = ((Decision.Chosen<Host>) router.choose(request(), hosts)).candidate();
                host.running(host.running + 1, host.outstanding + 100);
                asked.merge(host.host(), 1, Integer::sum);
            }
            double sum = requests;
            double squares =
                    asked.values().stream().mapToDouble(n -> (double) n * n).sum();
            assertThat(sum * sum / (size * squares))
                    .as("Jain index of %d hosts", size)
                    .isGreaterThan(0.95);
        }
    }

    @Test
    void findsTheOneFreeHostInALongList() {
        List<Host> hosts = IntStream.range(0, 5000)
                .mapToObj(i -> host(i).slots(i == 4321 ? 1 : 0))
                .toList();
        assertThat(((Decision.Chosen<Host>) router.choose(request(), hosts))
                        .candidate()
                        .host())
                .isEqualTo(id(4321));
    }

    @Property(tries = 300)
    void choosesAnEligibleHostWheneverThereIsOne(@ForAll("hosts") List<Host> hosts) {
        Decision<Host> decision = router.choose(request(), hosts);
        boolean eligible = hosts.stream().anyMatch(host -> Router.reject(request(), host) == null);
        if (decision instanceof Decision.Chosen<Host> chosen) {
            assertThat(Router.reject(request(), chosen.candidate())).isNull();
        }
        assertThat(decision instanceof Decision.Chosen<Host>).isEqualTo(eligible);
    }

    @Provide
    Arbitrary<List<Host>> hosts() {
        return Combinators.combine(
                        Arbitraries.integers().between(0, 1_000_000),
                        Arbitraries.integers().between(0, 2),
                        Arbitraries.of(0.0, 0.01, 0.5, 1.0),
                        Arbitraries.of(true, false, false),
                        Arbitraries.of(100, 4096))
                .as((number, slots, reputation, broken, context) -> {
                    Host host = host(number).slots(slots).reputed(reputation).context(context);
                    return broken ? host.broken() : host;
                })
                .list()
                .ofMaxSize(150);
    }

    private HostId chosen(RouteRequest request, Host... hosts) {
        return ((Decision.Chosen<Host>) router.choose(request, List.of(hosts)))
                .candidate()
                .host();
    }

    private static RouteRequest request() {
        return new RouteRequest(50, 100, 200, CHAT, Set.of(), HostWishes.NONE, Optional.empty());
    }

    private static HostId id(int number) {
        return new HostId("host_" + String.format("%032x", number));
    }

    private static TokenPrice price(long promptDollars, long completionDollars) {
        return new TokenPrice(
                Credits.parseDollars(Long.toString(promptDollars)),
                Credits.parseDollars(Long.toString(completionDollars)));
    }

    private static Host host(int number) {
        return new Host(id(number));
    }

    /** A candidate with every number open to the test. */
    private static final class Host implements Candidate {
        private final HostId id;
        private int context = 4096;
        private int slots = 1000;
        private int running;
        private long outstanding;
        private double decode = 50;
        private double prefill = 500;
        private double roundTrip = 5;
        private double reputation = 0.9;
        private long load;
        private boolean draining;
        private boolean broken;
        private boolean newcomer;
        private TokenPrice price = RouterTest.price(1, 3);
        private Set<ModelFeature> features = Set.of(ModelFeature.values());

        Host(HostId id) {
            this.id = id;
        }

        Host context(int tokens) {
            context = tokens;
            return this;
        }

        Host slots(int free) {
            slots = free;
            return this;
        }

        Host running(int jobs, long tokens) {
            running = jobs;
            outstanding = tokens;
            return this;
        }

        Host decode(double tokensPerSecond) {
            decode = tokensPerSecond;
            return this;
        }

        Host prefill(double tokensPerSecond) {
            prefill = tokensPerSecond;
            return this;
        }

        Host roundTrip(double millis) {
            roundTrip = millis;
            return this;
        }

        Host loading(long millis) {
            load = millis;
            return this;
        }

        Host reputed(double score) {
            reputation = score;
            return this;
        }

        Host offering(ModelFeature... only) {
            features = Set.of(only);
            return this;
        }

        Host leaving() {
            draining = true;
            return this;
        }

        Host fresh() {
            newcomer = true;
            return this;
        }

        Host asking(long promptDollars, long completionDollars) {
            price = RouterTest.price(promptDollars, completionDollars);
            return this;
        }

        Host broken() {
            broken = true;
            return this;
        }

        @Override
        public HostId host() {
            return id;
        }

        @Override
        public long loadMillis() {
            return load;
        }

        @Override
        public int contextLength() {
            return context;
        }

        @Override
        public boolean offers(ModelFeature feature) {
            return features.contains(feature);
        }

        @Override
        public int freeSlots() {
            return slots - running;
        }

        @Override
        public int runningJobs() {
            return running;
        }

        @Override
        public long outstandingTokens() {
            return outstanding;
        }

        @Override
        public double decodeTokensPerSecond() {
            return decode;
        }

        @Override
        public double prefillTokensPerSecond() {
            return prefill;
        }

        @Override
        public double roundTripMillis() {
            return roundTrip;
        }

        @Override
        public double reputation() {
            return reputation;
        }

        @Override
        public boolean draining() {
            return draining;
        }

        @Override
        public TokenPrice price() {
            return price;
        }

        @Override
        public boolean newcomer() {
            return newcomer;
        }

        @Override
        public boolean breakerOpen() {
            return broken;
        }
    }
}
