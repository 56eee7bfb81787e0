package com.peerllm.orchestrator.simulation;

import java.util.Locale;
import java.util.SplittableRandom;

/** The policies that can be simulated. */
public enum PolicyName {
    PEERLLM,
    ROUND_ROBIN,
    /** Fewest running answers. */
    LEAST_LOAD,
    /** The less loaded of two drawn ones. */
    TWO_CHOICES;

    Policy create(int models, SplittableRandom random) {
        return switch (this) {
            case PEERLLM -> new OurPolicy(models, random);
            case ROUND_ROBIN -> new PlainPolicy(models, new PlainPolicy.RoundRobin());
            case LEAST_LOAD -> new PlainPolicy(models, new PlainPolicy.LeastLoad());
            case TWO_CHOICES -> new PlainPolicy(models, new PlainPolicy.TwoChoices(random));
        };
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
