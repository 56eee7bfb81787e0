package com.peerllm.orchestrator.admission;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What holds for the fair queue whatever comes, goes and fits. */
class FairQueueProperties {
    private static final long AGEING = 1000;
    private static final int MOST_COST = 4000;

    private record Request(int account, long cost, boolean hard, int number) {}

    /** What happens to the queue. */
    sealed interface Event {
        record Comes(int account, int cost, boolean hard) implements Event {}

        record Leaves(int which) implements Event {}

        /** A slot is free; one that cannot do hard work fits only the rest. */
        record Slot(boolean forHard) implements Event {}

        record TimePasses(int millis) implements Event {}
    }

    @Provide
    Arbitrary<List<Event>> events() {
        Arbitrary<Event> comes = Combinators.combine(
                        Arbitraries.integers().between(0, 6),
                        Arbitraries.integers().between(1, MOST_COST),
                        Arbitraries.of(true, false, false))
                .as(Event.Comes::new);
        Arbitrary<Event> leaves = Arbitraries.integers().between(0, 1000).map(Event.Leaves::new);
        Arbitrary<Event> slot = Arbitraries.of(true, false).map(Event.Slot::new);
        Arbitrary<Event> time = Arbitraries.integers().between(0, 3000).map(Event.TimePasses::new);
        return Arbitraries.frequencyOf(
                        net.jqwik.api.Tuple.of(6, comes),
                        net.jqwik.api.Tuple.of(1, leaves),
                        net.jqwik.api.Tuple.of(5, slot),
                        net.jqwik.api.Tuple.of(1, time))
                .list()
                .ofMaxSize(150);
    }

    /** A list of what waits beside the queue: whatever fits is never left for an idle slot, and nothing is lost or given twice. */
    @Property(tries = 500)
    void givesEverySlotToSomebodyWhomItFitsInTheOrderOfEachAccount(@ForAll("events") List<Event> events) {
        FairQueue<Integer, Request> queue = new FairQueue<>(AGEING);
        Map<Request, FairQueue.Place<Integer, Request>> waiting = new HashMap<>();
        Set<Request> gone = new HashSet<>();
        long now = 0;
        int number = 0;
        for (Event event : events) {
            switch (event) {
                case Event.TimePasses(int millis) -> now += millis;
                case Event.Comes(int account, int cost, boolean hard) -> {
                    Request request = new Request(account, cost, hard, number++);
                    waiting.put(request, queue.add(account, cost, request, now));
                }
                case Event.Leaves(int which) -> {
                    if (waiting.isEmpty()) continue;
                    Request request = List.copyOf(waiting.keySet()).get(which % waiting.size());
                    assertThat(queue.remove(waiting.get(request))).isTrue();
                    assertThat(queue.remove(waiting.remove(request))).isFalse();
                    gone.add(request);
                }
                case Event.Slot(boolean forHard) -> {
                    Optional<Request> taken = queue.take(each -> forHard || !each.hard(), now);
                    boolean somebodyFits = waiting.keySet().stream().anyMatch(each -> forHard || !each.hard());
                    assertThat(taken.isPresent()).isEqualTo(somebodyFits);
                    taken.ifPresent(request -> {
                        assertThat(waiting.remove(request)).isNotNull();
                        assertThat(gone.add(request)).isTrue();
                        assertThat(waiting.keySet().stream()
                                        .filter(each -> each.account() == request.account())
                                        .filter(each -> forHard || !each.hard())
                                        .mapToInt(Request::number)
                                        .min()
                                        .orElse(Integer.MAX_VALUE))
                                .as("first come, first served within an account")
                                .isGreaterThan(request.number());
                    });
                }
            }
            assertThat(queue.size()).isEqualTo(waiting.size());
            assertThat(queue.inOrder(now)).containsExactlyInAnyOrderElementsOf(waiting.keySet());
        }
    }

    /** Goyal, Vin and Cheng: of accounts that always have something waiting, none gets more than one another's largest and its own. */
    @Property(tries = 200)
    void accountsThatAlwaysWaitGetTheSameWork(
            @ForAll("costs") List<List<Integer>> costsOfEach, @ForAll("turns") int turns) {
        FairQueue<Integer, Request> queue = new FairQueue<>(0);
        int accounts = costsOfEach.size();
        int[] next = new int[accounts];
        long[] work = new long[accounts];
        for (int account = 0; account < accounts; account++) {
            for (int i = 0; i < 3; i++) come(queue, costsOfEach, account, next);
        }
        for (int turn = 0; turn < turns; turn++) {
            Request served = queue.take(any -> true, turn).orElseThrow();
            work[served.account()] += served.cost();
            come(queue, costsOfEach, served.account(), next);
            for (long one : work)
                for (long other : work) assertThat(one - other).isLessThanOrEqualTo(MOST_COST);
        }
    }

    @Provide
    Arbitrary<List<List<Integer>>> costs() {
        return Arbitraries.integers()
                .between(1, MOST_COST)
                .list()
                .ofMinSize(1)
                .ofMaxSize(10)
                .list()
                .ofMinSize(2)
                .ofMaxSize(6);
    }

    @Provide
    Arbitrary<Integer> turns() {
        return Arbitraries.integers().between(1, 300);
    }

    private static void come(FairQueue<Integer, Request> queue, List<List<Integer>> costs, int account, int[] next) {
        List<Integer> mine = costs.get(account);
        int number = next[account]++;
        queue.add(
                account,
                mine.get(number % mine.size()),
                new Request(account, mine.get(number % mine.size()), false, number),
                0);
    }

    @Property(tries = 100)
    void waitingForNothingSavesNothingUp(@ForAll("turns") int alone, @ForAll("turns") int together) {
        FairQueue<String, String> queue = new FairQueue<>(0);
        for (int i = 0; i < 700; i++) queue.add("steady", 500, "steady", 0);
        for (int i = 0; i < alone; i++) queue.take(any -> true, 0);
        for (int i = 0; i < 700; i++) queue.add("late", 500, "late", 0);
        int late = 0;
        for (int i = 0; i < together; i++) {
            if (queue.take(any -> true, 0).orElseThrow().equals("late")) late++;
        }
        assertThat(late).isBetween((together - 2) / 2, (together + 3) / 2);
    }

    /** However many accounts come after it, and however much this one owes, its wait is bounded by what it owes. */
    @Property(tries = 200)
    void noOneWaitsForEverThoughNewAccountsComeAndCome(@ForAll("cost") int owed, @ForAll("cost") int newcomersCost) {
        FairQueue<Integer, String> queue = new FairQueue<>(AGEING);
        queue.add(-2, 1, "another", 0);
        queue.add(-1, owed, "large", 0);
        queue.add(-1, 1, "after the large", 0);
        assertThat(List.of(
                        queue.take(any -> true, 0).orElseThrow(),
                        queue.take(any -> true, 0).orElseThrow()))
                .contains("large");
        long millisOwed = owed * 1000L / AGEING;
        long now = 0;
        for (int account = 0; ; account++) {
            queue.add(account, newcomersCost, "new", now);
            String served = queue.take(any -> true, now).orElseThrow();
            if (served.equals("after the large")) break;
            now += 100;
            assertThat(now).isLessThanOrEqualTo(millisOwed + 200);
        }
    }

    @Provide
    Arbitrary<Integer> cost() {
        return Arbitraries.integers().between(1, 20_000);
    }

    @Property(tries = 200)
    void theOrderThatIsToldIsTheOrderOfService(@ForAll("events") List<Event> events) {
        FairQueue<Integer, Request> queue = new FairQueue<>(AGEING);
        int number = 0;
        for (Event event : events) {
            if (event instanceof Event.Comes(int account, int cost, boolean hard))
                queue.add(account, cost, new Request(account, cost, hard, number++), 0);
            if (event instanceof Event.Slot(boolean forHard)) queue.take(each -> forHard || !each.hard(), 0);
        }
        List<Request> told = queue.inOrder(0);
        List<Request> served = new ArrayList<>();
        while (!queue.isEmpty()) served.add(queue.take(any -> true, 0).orElseThrow());
        assertThat(served).isEqualTo(told);
    }

    @Property(tries = 50)
    void oneRequestOfAnotherAccountIsAmongTheFirstTwo(@ForAll("turns") int flood) {
        FairQueue<String, String> queue = new FairQueue<>(AGEING);
        for (int i = 0; i < 1000; i++) queue.add("flooding", 500, "flood " + i, 0);
        for (int i = 0; i < flood; i++) queue.take(any -> true, i * 10L).orElseThrow();
        queue.add("other", 500, "the one", flood * 10L);
        List<Optional<String>> next = IntStream.range(0, 2)
                .mapToObj(i -> queue.take(any -> true, flood * 10L))
                .toList();
        assertThat(next).contains(Optional.of("the one"));
    }

    @Property(tries = 100)
    void whatHasBegunGoesFirstInItsOrder(@ForAll("events") List<Event> events) {
        FairQueue<Integer, Integer> queue = new FairQueue<>(AGEING);
        Deque<Integer> begun = new ArrayDeque<>();
        int number = 0;
        for (Event event : events) {
            if (event instanceof Event.Comes(int account, int cost, boolean hard)) {
                if (hard) {
                    queue.addBegun(number);
                    begun.add(number);
                } else {
                    queue.add(account, cost, -1, 0);
                }
                number++;
            } else if (!begun.isEmpty()) {
                assertThat(queue.take(any -> true, 0)).contains(begun.poll());
            }
        }
    }

    @Property(tries = 100)
    void aTallyNeverLetsInMoreThanItsLimits(@ForAll("events") List<Event> events) {
        QueueLimits limits = new QueueLimits(2, 4, 6, 9, 10_000, 2, AGEING, Duration.ofSeconds(10));
        Tally<Integer> tally = new Tally<>(limits);
        List<Request> in = new ArrayList<>();
        int number = 0;
        for (Event event : events) {
            if (event instanceof Event.Comes(int account, int cost, boolean hard)) {
                int model = hard ? 1 : 0;
                int waiting =
                        (int) in.stream().filter(each -> each.hard() == hard).count();
                int mine = (int) in.stream()
                        .filter(each -> each.hard() == hard && each.account() == account)
                        .count();
                if (tally.refuses(account, 2 + model, waiting, mine, cost).isPresent()) continue;
                tally.entered(account, cost);
                in.add(new Request(account, cost, hard, number++));
            } else if (event instanceof Event.Leaves(int which) && !in.isEmpty()) {
                Request leaves = in.remove(which % in.size());
                tally.left(leaves.account(), leaves.cost());
            }
            assertThat(in).hasSizeLessThanOrEqualTo(9).hasSize(tally.places());
            assertThat(in.stream().mapToLong(Request::cost).sum())
                    .isEqualTo(tally.bytes())
                    .isLessThanOrEqualTo(10_000);
        }
    }
}
