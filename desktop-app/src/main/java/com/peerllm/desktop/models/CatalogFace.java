package com.peerllm.desktop.models;

import java.util.List;
import java.util.Optional;

/**
 * A published model, ready to be read.
 *
 * @param origin who made it, and of what family
 * @param about what it is good for
 * @param licenceUrl its text
 * @param best the variant to take on this computer
 * @param paid what hosts of that variant were paid lately
 * @param others the model's other variants
 */
public record CatalogFace(
        String name,
        String origin,
        String about,
        String licence,
        Optional<String> licenceUrl,
        boolean recommended,
        VariantFace best,
        String paid,
        List<VariantFace> others) {
    public CatalogFace {
        others = List.copyOf(others);
    }
}
