package com.peerllm.host.engine.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Running answers lie side by side, sooner or later. */
class GapClosingTest {
    private final List<String> moves = new ArrayList<>();
    private final GapClosing gaps = new GapClosing((from, to) -> moves.add(from + "->" + to));

    @Test
    void answersMoveTogetherOnceAGapHasLasted() {
        List<Slot> slots = slots("R.R.R.R.");
        look(slots, GapClosing.STEPS_TO_WAIT - 1);
        assertThat(moves).isEmpty();
        look(slots, 2);

        assertThat(moves).containsExactly("6->1", "4->3");
        assertThat(picture(slots)).isEqualTo("RRRR....");
    }

    @Test
    void aGapThatIsFilledSoonCostsNothing() {
        List<Slot> slots = slots("R.RR");
        look(slots, GapClosing.STEPS_TO_WAIT - 1);
        slots.get(1).takeOver(slots("RR").get(1));
        look(slots, 1);
        slots.get(1).end(1);
        slots.get(1).forget();
        look(slots, GapClosing.STEPS_TO_WAIT - 1);

        assertThat(moves).isEmpty();
    }

    @Test
    void leftoversInAGapMoveToAnEmptySlotOrKeepTheGap() {
        List<Slot> room = slots("RlR.");
        look(room, GapClosing.STEPS_TO_WAIT);
        assertThat(moves).containsExactly("1->3", "2->1");
        assertThat(picture(room)).isEqualTo("RR.l");

        moves.clear();
        List<Slot> noRoom = slots("RlRl");
        look(noRoom, GapClosing.STEPS_TO_WAIT * 2);
        assertThat(moves).isEmpty();
    }

    @Test
    void freeSlotsAboveAndBelowAreNoGaps() {
        look(slots(".RR."), GapClosing.STEPS_TO_WAIT * 2);
        look(slots("...."), GapClosing.STEPS_TO_WAIT * 2);

        assertThat(moves).isEmpty();
    }

    private void look(List<Slot> slots, int times) {
        for (int i = 0; i < times; i++) gaps.look(slots);
    }

    /** R runs, l has leftovers, a dot is empty. */
    private static List<Slot> slots(String picture) {
        return IntStream.range(0, picture.length())
                .mapToObj(i -> switch (picture.charAt(i)) {
                    case 'R' -> Slots.answering(i);
                    case 'l' -> Slots.leftovers(i, "alice", 5);
                    default -> new Slot(i);
                })
                .toList();
    }

    private static String picture(List<Slot> slots) {
        StringBuilder picture = new StringBuilder();
        for (Slot slot : slots) picture.append(!slot.free() ? 'R' : slot.held() > 0 ? 'l' : '.');
        return picture.toString();
    }
}
