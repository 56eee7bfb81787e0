package com.peerllm.desktop.models;

/**
 * One file of a published model, ready to be read.
 *
 * @param file its path, unique in the model
 * @param size or that it was not read yet
 * @param speed to expect of one answer, and whether it was measured or estimated
 * @param place where the file is now, in words, when it is not only with the publisher
 */
public record VariantFace(
        String file, String quantization, String size, FitFace fit, String speed, Way way, String place) {

    /** What can be done with it. */
    public enum Way {
        DOWNLOAD,
        ON_ITS_WAY,
        HERE
    }
}
