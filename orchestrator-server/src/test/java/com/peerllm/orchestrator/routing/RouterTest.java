package com.peerllm.orchestrator.routing;

import static org.assertj.core.api.Assertions.assertThat;

import com.peerllm.shared.identity.HostId;
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
        TestHost slow = host(1).decode(10);
        TestHost fast = host(2).decode(80);
        TestHost busy = host(3).decode(100).running(2, 4000);
        assertThat(chosen(request(), slow, fast, busy)).isEqualTo(fast.host());
    }

    @Test
    void countsThePromptAndTheWayThereToo() {
        TestHost near = host(1).decode(50).prefill(100).roundTrip(1);
        TestHost far = host(2).decode(50).prefill(100).roundTrip(400);
        assertThat(chosen(request(), far, near)).isEqualTo(near.host());
        TestHost fastReader = host(3).decode(50).prefill(10_000).roundTrip(400);
        RouteRequest longPrompt = new RouteRequest(2000, 100, 2001, CHAT, Set.of(), HostWishes.NONE, Optional.empty());
        assertThat(chosen(longPrompt, near, fastReader)).isEqualTo(fastReader.host());
    }

    @Test
    void countsTheTimeToLoadAModelThatIsNotInMemory() {
        TestHost cold = host(1).decode(50).loading(10_000);
        TestHost slower = host(2).decode(25);
        assertThat(chosen(request(), cold, slower)).isEqualTo(slower.host());
        assertThat(chosen(request(), cold.loading(0), slower)).isEqualTo(cold.host());
    }

    @Test
    void triesAHostWhoseSpeedNobodyKnowsYet() {
        TestHost known = host(1).decode(500).roundTrip(2);
        TestHost unknown = host(2).decode(0).prefill(0).roundTrip(1);
        known.running(1, 100);
        assertThat(chosen(request(), known, unknown)).isEqualTo(unknown.host());
    }

    @Test
    void keepsToThePriceAndTheTrustThatTheConsumerWishes() {
        HostWishes wishes =
                new HostWishes(Optional.empty(), Optional.empty(), true, false).upTo(TestHost.dollars(1, 3));
        RouteRequest request = new RouteRequest(50, 100, 200, CHAT, Set.of(), wishes, Optional.empty());
        Decision<TestHost> decision =
                router.choose(request, index(host(1).fresh(), host(2).asking(2, 3), host(3).asking(1, 4)));
        assertThat(((Decision.NoHost<TestHost>) decision).rejections())
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
        Decision<TestHost> decision = router.choose(
                request,
                index(
                        host(1),
                        host(2).leaving(),
                        host(3).broken(),
                        host(4).context(512),
                        host(5).slots(0),
                        host(6).reputed(0),
                        host(7).offering(ModelFeature.CHAT),
                        host(8).offering(ModelFeature.TOOLS)));
        assertThat(((Decision.NoHost<TestHost>) decision).rejections())
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
        assertThat(router.choose(request(), new ModelIndex<TestHost>()))
                .isEqualTo(new Decision.NoHost<TestHost>(Map.of()));
    }

    @Test
    void keepsAConversationWhereItsPrefixIsWarmUntilThatHostIsCrowded() {
        RouteRequest followUp = new RouteRequest(500, 100, 501, CHAT, Set.of(), HostWishes.NONE, Optional.of(id(1)));
        TestHost warm = host(1).decode(10).slots(100);
        TestHost faster = host(2).decode(100).slots(100);
        assertThat(chosen(followUp, warm, faster)).isEqualTo(warm.host());
        warm.running(80, 80_000);
        assertThat(chosen(followUp, warm, faster)).isEqualTo(faster.host());
    }

    @Test
    void keepsAConversationWhereItsPrefixIsWarmAlsoAmongThousands() {
        List<TestHost> hosts = IntStream.range(0, 5000)
                .mapToObj(i -> host(i).decode(i == 3 ? 5 : 100))
                .toList();
        ModelIndex<TestHost> index = index(hosts);
        RouteRequest followUp = new RouteRequest(500, 100, 501, CHAT, Set.of(), HostWishes.NONE, Optional.of(id(3)));
        assertThat(chosen(followUp, index)).isEqualTo(id(3));
        hosts.get(3).running(33, 1);
        assertThat(chosen(followUp, index)).as("33 more than the others").isNotEqualTo(id(3));
        hosts.forEach(host -> index.placeOf(host.running(330, 1).host()).changed());
        hosts.get(3).running(362, 1);
        assertThat(chosen(followUp, index))
                .as("32 more, and 1.097 times as many")
                .isEqualTo(id(3));
    }

    @Test
    void doesNotStayWithAHostThatCannotTakeTheConversationOrIsUnknown() {
        RouteRequest followUp = new RouteRequest(500, 100, 501, CHAT, Set.of(), HostWishes.NONE, Optional.of(id(1)));
        assertThat(chosen(followUp, host(1).broken(), host(2))).isEqualTo(id(2));
        assertThat(chosen(followUp, host(2))).isEqualTo(id(2));
    }

    @Test
    void asksCheaperHostsMoreOftenBySquareOfThePrice() {
        List<TestHost> hosts = IntStream.range(0, 2000)
                .mapToObj(i -> i < 1000 ? host(i).asking(1, 1) : host(i).asking(2, 2))
                .toList();
        ModelIndex<TestHost> index = index(hosts);
        assertThat(index.established.weight(0) / 4).isEqualTo(index.established.weight(1500));
        int cheap = 0;
        for (int i = 0; i < 2000; i++)
            if (index.established.at(new SplittableRandom(i).nextLong(index.established.total())) < 1000) cheap++;
        assertThat(cheap).isBetween(1500, 1700);
    }

    @Test
    void asksHostsOfBetterReputationMoreOften() {
        List<TestHost> hosts = new ArrayList<>();
        for (int i = 0; i < 20; i++) hosts.add(host(i).reputed(i < 10 ? 0.9 : 0.1));
        Map<HostId, Integer> asked = new HashMap<>();
        for (int i = 0; i < 4000; i++) {
            asked.merge(chosen(request(), hosts.toArray(TestHost[]::new)), 1, Integer::sum);
        }
        int good = IntStream.range(0, 10).map(i -> asked.getOrDefault(id(i), 0)).sum();
        assertThat(good).isGreaterThan(3500);
    }

    @Test
    void spreadsEqualHostsEvenlyAlsoInALongList() {
        for (int size : new int[] {8, 200}) {
            List<TestHost> hosts = IntStream.range(0, size)
                    .mapToObj(i -> host(i).roundTrip(i * 1e-6))
                    .toList();
            Map<HostId, Integer> asked = new HashMap<>();
            ModelIndex<TestHost> index = index(hosts);
            int requests = size * 50;
            for (int i = 0; i < requests; i++) {
                TestHost host = ((Decision.Chosen<TestHost>) router.choose(request(), index)).candidate();
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
        List<TestHost> hosts = IntStream.range(0, 5000)
                .mapToObj(i -> host(i).slots(i == 4321 ? 1 : 0))
                .toList();
        assertThat(((Decision.Chosen<TestHost>) router.choose(request(), index(hosts)))
                        .candidate()
                        .host())
                .isEqualTo(id(4321));
    }

    @Test
    void findsTheOneHostWithALongContextAmongThousands() {
        List<TestHost> hosts = IntStream.range(0, 5000)
                .mapToObj(i -> host(i).context(i == 1234 ? 32_768 : 4096))
                .toList();
        ModelIndex<TestHost> index = index(hosts);
        RouteRequest request = new RouteRequest(20_000, 100, 20_001, CHAT, Set.of(), HostWishes.NONE, Optional.empty());
        assertThat(chosen(request, index)).isEqualTo(id(1234));
        assertThat(index.longestContext()).isEqualTo(32_768);
    }

    @Test
    void findsTheOneHostThatHasBothTheContextAndTheFeature() {
        Set<ModelFeature> tools = Set.of(ModelFeature.CHAT, ModelFeature.TOOLS);
        List<TestHost> hosts = IntStream.range(0, 3000)
                .mapToObj(i -> i % 2 == 0
                        ? host(i).context(32_768).offering(ModelFeature.CHAT)
                        : host(i).context(i == 2001 ? 32_768 : 4096))
                .toList();
        RouteRequest request =
                new RouteRequest(20_000, 100, 20_001, tools, Set.of(), HostWishes.NONE, Optional.empty());
        assertThat(chosen(request, index(hosts))).isEqualTo(id(2001));
    }

    @Test
    void decidesWithoutAllocating() {
        List<TestHost> hosts = IntStream.range(0, 3000)
                .mapToObj(i -> i % 20 == 0 ? host(i).fresh() : host(i).slots(i % 3))
                .toList();
        ModelIndex<TestHost> index = index(hosts);
        RouteRequest followUp = new RouteRequest(50, 100, 200, CHAT, Set.of(), HostWishes.NONE, Optional.of(id(7)));
        RouteRequest request = request();
        var thread = (com.sun.management.ThreadMXBean) java.lang.management.ManagementFactory.getThreadMXBean();
        for (int round = 0; round < 2; round++) {
            long before = thread.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < 10_000; i++) {
                router.choose(i % 8 == 0 ? followUp : request, index);
                index.placeOf(followUp.affinity().get()).changed();
            }
            long bytes = thread.getCurrentThreadAllocatedBytes() - before;
            if (round == 1) assertThat(bytes).as("bytes in 10,000 decisions").isLessThan(10_000);
        }
    }

    @Test
    void newcomersHaveEqualChancesHoweverLittleIsKnownOfThem() {
        ModelIndex<TestHost> index = new ModelIndex<>();
        for (int i = 0; i < 90; i++) index.join(host(i));
        for (int i = 90; i < 100; i++) index.join(host(i).fresh().reputed(i == 90 ? 0.5 : 0.0025));
        int[] asked = new int[100];
        for (int i = 0; i < 20_000; i++) {
            String id = chosen(request(), index).value();
            asked[Integer.parseInt(id.substring(30), 16)]++;
        }
        for (int i = 90; i < 100; i++) assertThat(asked[i]).isBetween(65, 135);
    }

    @Test
    void asksAHostAgainWhenItsBreakerHasClosedWithoutAWord() {
        TestHost resting = host(1).broken();
        ModelIndex<TestHost> index = index(resting);
        assertThat(router.choose(request(), index)).isInstanceOf(Decision.NoHost.class);
        resting.mended();
        assertThat(chosen(request(), index)).isEqualTo(id(1));
    }

    @Test
    void seesAReputationThatFadedWithoutAWord() {
        List<TestHost> hosts = IntStream.range(0, 10).mapToObj(RouterTest::host).toList();
        ModelIndex<TestHost> index = index(hosts);
        hosts.getFirst().reputed(0);
        for (int i = 0; i < 10 * 8; i++) chosen(request(), index);
        assertThat(index.established.weight(0)).isZero();
    }

    @Test
    void aFullHostLeavesTheDrawAtOnceAndComesBackWithItsSlot() {
        TestHost host = host(1).slots(1);
        ModelIndex<TestHost> index = new ModelIndex<>();
        Place<TestHost> place = index.join(host);
        assertThat(index.freeSlots()).isEqualTo(1);
        host.running(1, 10);
        place.changed();
        assertThat(index.established.positive()).isZero();
        assertThat(index.runningJobs()).isEqualTo(1);
        host.running(0, 0);
        place.changed();
        assertThat(index.established.positive()).isOne();
        place.leave();
        place.leave();
        place.changed();
        assertThat(index).isEmpty();
        assertThat(index.freeSlots()).isZero();
        assertThat(index.longestContext()).isZero();
    }

    @Test
    void newcomersTogetherGetOneRequestInTwentyHoweverManyTheyAre() {
        for (int fresh : new int[] {1_000, 4_000}) {
            assertThat(newcomersShare(1_000, fresh)).isEqualTo(0.05);
        }
    }

    @Test
    void fewNewcomersGetLessThanAnEqualShareSoThatANewIdentityIsNoGain() {
        assertThat(newcomersShare(990, 10)).isEqualTo(0.0075);
    }

    private double newcomersShare(int established, int fresh) {
        ModelIndex<TestHost> index = new ModelIndex<>();
        for (int i = 0; i < established; i++) index.join(host(i));
        for (int i = 0; i < fresh; i++) index.join(host(established + i).fresh());
        Map<HostId, Integer> asked = new HashMap<>();
        int byNewcomers = 0;
        int requests = 80_000;
        for (int i = 0; i < requests; i++) {
            TestHost host = ((Decision.Chosen<TestHost>) router.choose(request(), index)).candidate();
            if (!host.newcomer()) continue;
            byNewcomers++;
            asked.merge(host.host(), 1, Integer::sum);
        }
        int most = asked.values().stream().mapToInt(n -> n).max().orElse(0);
        assertThat(most).as("the luckiest newcomer").isLessThan(20 + 3 * byNewcomers / fresh);
        return byNewcomers / (double) requests;
    }

    @Test
    void newcomersServeWhenThereIsNobodyElseAndAreNotHeldToAShare() {
        ModelIndex<TestHost> index = index(host(1).fresh(), host(2).fresh());
        for (int i = 0; i < 100; i++) chosen(request(), index);
    }

    @Test
    void newcomersHelpOutWhenTheOthersAreFullAndPayItBack() {
        TestHost established = host(1);
        ModelIndex<TestHost> index = index(established, host(2).fresh(), host(3).fresh());
        established.running(1000, 1);
        index.placeOf(id(1)).changed();
        for (int i = 0; i < 30; i++) assertThat(chosen(request(), index)).isNotEqualTo(id(1));
        established.running(0, 0);
        index.placeOf(id(1)).changed();
        for (int i = 0; i < 29 * 20 - 30; i++)
            assertThat(chosen(request(), index)).isEqualTo(id(1));
        Set<HostId> after = new java.util.HashSet<>();
        for (int i = 0; i < 60; i++) after.add(chosen(request(), index));
        assertThat(after).hasSizeGreaterThan(1);
    }

    @Test
    void aConversationDoesNotLeadAroundTheNewcomersShare() {
        ModelIndex<TestHost> index = index(host(1), host(2).fresh());
        RouteRequest followUp = new RouteRequest(50, 100, 200, CHAT, Set.of(), HostWishes.NONE, Optional.of(id(2)));
        int atNewcomer = 0;
        for (int i = 0; i < 2000; i++) if (chosen(followUp, index).equals(id(2))) atNewcomer++;
        assertThat(atNewcomer).isEqualTo(100);
    }

    @Test
    void aHostThatHasProvedItselfLeavesTheNewcomers() {
        TestHost host = host(1).fresh();
        ModelIndex<TestHost> index = index(host, host(2));
        assertThat(index.newcomerCount()).isOne();
        index.placeOf(host.settled().host()).changed();
        assertThat(index.newcomerCount()).isZero();
        assertThat(index.newcomers.total()).isZero();
        assertThat(index.established.positive()).isEqualTo(2);
    }

    /** Joins, leaves and changes in any order: the index agrees with the hosts it holds. */
    @Property(tries = 300)
    void theIndexKeepsStepWithItsHosts(@ForAll("changes") List<int[]> changes) {
        ModelIndex<TestHost> index = new ModelIndex<>();
        Map<Integer, TestHost> here = new HashMap<>();
        for (int[] change : changes) {
            int number = change[0];
            TestHost host = here.get(number);
            if (host == null) {
                here.put(number, host(number).slots(2).context(100 + number));
                index.join(here.get(number));
                continue;
            }
            switch (change[1]) {
                case 0 -> {
                    index.placeOf(host.host()).leave();
                    here.remove(number);
                    continue;
                }
                case 1 -> host.running(change[2], change[2]);
                case 2 -> host.reputed(change[2] / 2.0);
                case 3 -> host.fresh();
                case 4 -> host.broken();
                case 5 -> host.mended().settled();
                default -> host.leaving();
            }
            index.placeOf(host.host()).changed();
        }
        assertThat(index).containsExactlyInAnyOrderElementsOf(here.values());
        assertThat(index.freeSlots())
                .isEqualTo(here.values().stream()
                        .mapToInt(h -> Math.max(0, h.freeSlots()))
                        .sum());
        assertThat(index.runningJobs())
                .isEqualTo(
                        here.values().stream().mapToInt(TestHost::runningJobs).sum());
        assertThat(index.longestContext())
                .isEqualTo(here.values().stream()
                        .mapToInt(TestHost::contextLength)
                        .max()
                        .orElse(0));
        assertThat(index.established.positive()).isEqualTo((int)
                here.values().stream().filter(h -> isOpen(h) && !h.newcomer()).count());
        assertThat(index.newcomers.positive()).isEqualTo((int)
                here.values().stream().filter(h -> isOpen(h) && h.newcomer()).count());
        for (int i = 0; i < index.size(); i++) {
            assertThat(index.established.weight(i) > 0)
                    .isEqualTo(isOpen(index.get(i)) && !index.get(i).newcomer());
        }
    }

    private static boolean isOpen(TestHost host) {
        return host.freeSlots() > 0 && host.reputation() > 0 && !host.breakerOpen() && !host.draining();
    }

    @Provide
    Arbitrary<List<int[]>> changes() {
        return Combinators.combine(
                        Arbitraries.integers().between(0, 20),
                        Arbitraries.integers().between(0, 6),
                        Arbitraries.integers().between(0, 2))
                .as((number, change, amount) -> new int[] {number, change, amount})
                .list()
                .ofMaxSize(200);
    }

    @Property(tries = 300)
    void choosesAnEligibleHostWheneverThereIsOne(@ForAll("hosts") List<TestHost> hosts) {
        ModelIndex<TestHost> index = index(hosts);
        Decision<TestHost> decision = router.choose(request(), index);
        boolean eligible = index.stream().anyMatch(RouterTest::canTakeTheRequest);
        if (decision instanceof Decision.Chosen<TestHost> chosen) {
            assertThat(canTakeTheRequest(chosen.candidate())).isTrue();
        }
        assertThat(decision instanceof Decision.Chosen<TestHost>).isEqualTo(eligible);
    }

    private static boolean canTakeTheRequest(TestHost host) {
        return isOpen(host) && host.contextLength() >= request().minimumContext();
    }

    @Provide
    Arbitrary<List<TestHost>> hosts() {
        return Combinators.combine(
                        Arbitraries.integers().between(0, 1_000_000),
                        Arbitraries.integers().between(0, 2),
                        Arbitraries.of(0.0, 0.01, 0.5, 1.0),
                        Arbitraries.of(true, false, false),
                        Arbitraries.of(100, 4096))
                .as((number, slots, reputation, broken, context) -> {
                    TestHost host =
                            host(number).slots(slots).reputed(reputation).context(context);
                    return broken ? host.broken() : host;
                })
                .list()
                .ofMaxSize(150);
    }

    private HostId chosen(RouteRequest request, TestHost... hosts) {
        return chosen(request, index(hosts));
    }

    private HostId chosen(RouteRequest request, ModelIndex<TestHost> index) {
        return ((Decision.Chosen<TestHost>) router.choose(request, index))
                .candidate()
                .host();
    }

    private static ModelIndex<TestHost> index(TestHost... hosts) {
        return index(List.of(hosts));
    }

    private static ModelIndex<TestHost> index(List<TestHost> hosts) {
        ModelIndex<TestHost> index = new ModelIndex<>();
        hosts.forEach(index::join);
        return index;
    }

    private static RouteRequest request() {
        return new RouteRequest(50, 100, 200, CHAT, Set.of(), HostWishes.NONE, Optional.empty());
    }

    private static HostId id(int number) {
        return new HostId("host_" + String.format("%032x", number));
    }

    private static TestHost host(int number) {
        return TestHost.numbered(number);
    }
}
