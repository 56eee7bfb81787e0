package com.peerllm.host.availability;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Why nothing is shared although the person wants to share. */
public sealed interface PauseReason {

    /** The person paused it; {@code until} is empty when only the person ends the pause. */
    record ByHand(Optional<Instant> until) implements PauseReason {}

    /** Somebody uses the computer; it goes on after {@code quiet} without a key or a move. */
    record InUse(Duration quiet) implements PauseReason {}

    /** The computer runs on its battery or an emergency supply. */
    record OnBattery() implements PauseReason {}

    /** The processor is hotter than the rules allow; both in degrees Celsius. */
    record TooHot(int celsius, int most) implements PauseReason {}

    /** Outside the hours of the schedule; {@code next} is when the next begin, empty when no hour of the week is allowed. */
    record OutsideHours(Optional<Instant> next) implements PauseReason {}
}
