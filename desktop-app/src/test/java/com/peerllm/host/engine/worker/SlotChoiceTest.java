package com.peerllm.host.engine.worker;

import static com.peerllm.host.engine.worker.Slots.answering;
import static com.peerllm.host.engine.worker.Slots.job;
import static com.peerllm.host.engine.worker.Slots.leftovers;
import static com.peerllm.host.engine.worker.Slots.running;
import static org.assertj.core.api.Assertions.assertThat;

import com.peerllm.host.engine.worker.Placement.Copy;
import com.peerllm.host.engine.worker.Placement.InPlace;
import com.peerllm.host.engine.worker.Placement.Wait;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Which slot an answer gets, and what it takes over from others. */
class SlotChoiceTest {
    private static final int LEAST = 10;

    private final SlotChoice choice = new SlotChoice(LEAST);

    @Test
    void aNewAnswerTakesTheLowestEmptySlotAndLeavesLeftoversAlone() {
        Slot kept = leftovers(0, "alice", 10);
        Slot lowest = new Slot(1);

        assertThat(choice.choose(List.of(kept, lowest, new Slot(2)), job("bob", 4)))
                .isEqualTo(new InPlace(lowest, 0));
    }

    @Test
    void withoutAnEmptySlotItTakesTheLeftoversThatWereUsedLongestAgo() {
        Slot old = leftovers(1, job("alice", 40), 3);

        assertThat(choice.choose(List.of(leftovers(0, job("alice", 40), 4), old, answering(2)), job("bob", 4)))
                .isEqualTo(new InPlace(old, 0));
    }

    @Test
    void anAnswerTakesTheSlotThatSparesMostOfItsOwnScope() {
        Slot most = leftovers(1, "alice", 12);
        List<Slot> slots = List.of(leftovers(0, "alice", 8), most, leftovers(2, "bob", 16), new Slot(3));

        assertThat(choice.choose(slots, job("alice", 16))).isEqualTo(new InPlace(most, 12));
    }

    @Test
    void nothingIsReusedNorPromisedAcrossScopes() {
        Slot kept = leftovers(0, "alice", 20);
        Slot answers = answering(1);
        Slot reads = Slots.reading(2, 2000, 0);
        int[] same = new int[2000];

        for (Slot slot : List.of(kept, answers, reads)) {
            for (Optional<String> other : List.of(Optional.of("bob"), Optional.of(""), Optional.<String>empty())) {
                assertThat(slot.reusable(same, same.length, other)).isZero();
                assertThat(slot.promised(same, same.length, other)).isZero();
            }
        }
        assertThat(kept.reusable(new int[] {0, 0, 0, 7}, 4, Optional.of("alice")))
                .isEqualTo(3);
        assertThat(answers.reusable(same, same.length, Optional.of("alice"))).isEqualTo(9);
        assertThat(reads.promised(same, same.length, Optional.of("alice"))).isEqualTo(2000);
    }

    @Test
    void aRunningAnswersBeginningIsCopiedWhenThatSparesMoreThanACopyCosts() {
        Slot runs = running(0, job("alice", 31), 30);
        Slot empty = new Slot(1);

        assertThat(choice.choose(List.of(runs, empty), job("alice", 50))).isEqualTo(new Copy(runs, empty, 30));
        assertThat(choice.choose(List.of(runs, empty), job("alice", LEAST)))
                .as("one less than a copy must spare")
                .isEqualTo(new InPlace(empty, 0));
        Slot nearly = leftovers(2, "alice", 21);
        assertThat(choice.choose(List.of(runs, empty, nearly), job("alice", 50)))
                .as("the copy would spare nine tokens more")
                .isEqualTo(new InPlace(nearly, 21));
    }

    @Test
    void theLastTokenIsNeverReused() {
        Slot kept = leftovers(0, "alice", 50);

        assertThat(choice.choose(List.of(kept, new Slot(1)), job("alice", 50))).isEqualTo(new InPlace(kept, 49));
    }

    @Test
    void leftoversOfAnotherChatWithTheSameBeginningAreCopiedSoThatTheyStay() {
        Slot longChat = leftovers(0, job("alice", 500), 9);
        Slot empty = new Slot(1);
        Slot older = leftovers(1, job("bob", 40), 3);
        Slot newer = leftovers(1, job("bob", 40), 10);
        Job other = job("alice", 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 7, 7);

        assertThat(choice.choose(List.of(longChat, empty), other)).isEqualTo(new Copy(longChat, empty, 12));
        assertThat(choice.choose(List.of(longChat, older), other)).isEqualTo(new Copy(longChat, older, 12));
        assertThat(choice.choose(List.of(longChat, newer), other))
                .as("the chat itself was used longest ago")
                .isEqualTo(new InPlace(longChat, 12));
    }

    @Test
    void aPromptWaitsWhileAnotherOneWithItsBeginningIsRead() {
        Slot reads = running(0, job("alice", 500), 0);
        List<Slot> slots = List.of(reads, new Slot(1));

        assertThat(choice.choose(slots, job("alice", 500))).isEqualTo(new Wait());
        assertThat(choice.choose(slots, job("alice", LEAST)))
                .as("nothing much to wait for")
                .isEqualTo(new InPlace(slots.get(1), 0));
        assertThat(choice.choose(slots, job("bob", 500))).isEqualTo(new InPlace(slots.get(1), 0));
        reads.held(256);
        assertThat(choice.choose(slots, job("alice", 200)))
                .as("the common beginning is read")
                .isEqualTo(new Copy(reads, slots.get(1), 199));
        assertThat(choice.choose(slots, job("alice", 500))).isEqualTo(new Wait());
        reads.held(499);
        assertThat(choice.choose(slots, job("alice", 500))).isEqualTo(new Copy(reads, slots.get(1), 499));
    }

    @Test
    void aModelThatCannotForgetAPartNeitherCopiesNorWaits() {
        List<Slot> slots = List.of(running(0, job("alice", 500), 10), new Slot(1));

        assertThat(new SlotChoice(SlotChoice.NO_COPIES).choose(slots, job("alice", 500)))
                .isEqualTo(new InPlace(slots.get(1), 0));
    }
}
