package com.peerllm.desktop.models;

import com.peerllm.host.catalog.CatalogModel;
import com.peerllm.host.catalog.FitAdvice;
import java.util.List;

/**
 * An entry of the catalogue with what it would be on this computer.
 *
 * @param advice one for each of the model's variants, in their order
 * @param recommended whether it is the one entry that suits this computer best
 */
public record CatalogOffer(CatalogModel model, List<FitAdvice> advice, boolean recommended) {
    public CatalogOffer {
        advice = List.copyOf(advice);
        if (advice.size() != model.variants().size()) {
            throw new IllegalArgumentException("There must be one advice for each variant of " + model.id());
        }
    }
}
