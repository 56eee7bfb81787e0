package com.peerllm.host.engine;

/**
 * Memory in the two places where a model can lie.
 *
 * @param mainBytes of the computer
 * @param deviceBytes of the GPU, when it has its own
 */
public record Footprint(long mainBytes, long deviceBytes) {
    public static final Footprint NOTHING = new Footprint(0, 0);

    public Footprint plus(Footprint other) {
        return new Footprint(Math.addExact(mainBytes, other.mainBytes), Math.addExact(deviceBytes, other.deviceBytes));
    }

    boolean fitsIn(Footprint room) {
        return mainBytes <= room.mainBytes && deviceBytes <= room.deviceBytes;
    }
}
