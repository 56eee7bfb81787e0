package com.peerllm.host.settings;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.peerllm.shared.money.Credits;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a person says that running this computer costs; nothing is guessed.
 *
 * @param watts that the computer takes more while it computes, 1 to 5000
 * @param pricePerKilowattHour in US dollars, such as {@code 0.31}
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Electricity(OptionalInt watts, Optional<String> pricePerKilowattHour) {
    public static final Electricity UNKNOWN = new Electricity(OptionalInt.empty(), Optional.empty());
    private static final int MOST_WATTS = 5_000;

    public Electricity {
        watts = watts == null ? OptionalInt.empty() : watts;
        pricePerKilowattHour = pricePerKilowattHour == null ? Optional.empty() : pricePerKilowattHour;
        if (watts.isPresent() && (watts.getAsInt() < 1 || watts.getAsInt() > MOST_WATTS))
            throw new IllegalArgumentException("watts is from 1 to " + MOST_WATTS);
        pricePerKilowattHour.ifPresent(Credits::parseDollars);
    }
}
