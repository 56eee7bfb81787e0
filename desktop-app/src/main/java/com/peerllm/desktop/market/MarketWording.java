package com.peerllm.desktop.market;

import com.peerllm.desktop.toolkit.Messages;
import com.peerllm.desktop.toolkit.Numbers;
import com.peerllm.host.listings.Listing;
import com.peerllm.host.listings.ListingDraft;
import com.peerllm.host.listings.ListingForm;
import com.peerllm.host.listings.ListingForm.Field;
import com.peerllm.host.listings.ListingRules;
import com.peerllm.host.listings.ListingRules.Fault;
import com.peerllm.host.listings.Offering;
import com.peerllm.shared.money.Credits;
import java.text.DecimalFormatSymbols;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.Optional;

/** Says in the person's language what a listing is and what is wrong with it. */
final class MarketWording {
    private final Messages messages;
    private final Numbers numbers;
    private final DateTimeFormatter days;

    MarketWording(Messages messages) {
        this.messages = messages;
        numbers = new Numbers(messages.locale());
        days = DateTimeFormatter.ofLocalizedDate(FormatStyle.MEDIUM)
                .withLocale(messages.locale())
                .withZone(ZoneId.systemDefault());
    }

    ListingLine line(Listing listing) {
        ListingDraft draft = listing.draft();
        return new ListingLine(
                listing.id(),
                isModel(draft.offering()),
                draft.title(),
                messages.text("market.list.about", what(draft.offering()), draft.licence()),
                price(draft.price()),
                messages.text("market.list.changed", days.format(listing.changedAt())));
    }

    Preview preview(ListingForm form) {
        return new Preview(
                form.offering().map(MarketWording::isModel).orElse(true),
                form.offering().map(this::what),
                written(form.title()),
                written(form.description()),
                written(form.licence()),
                ListingRules.price(form.price()).map(this::price),
                ListingRules.points(form.royalty()).map(this::royalty));
    }

    String what(Offering offering) {
        String size = numbers.size(offering.sizeBytes());
        return isModel(offering)
                ? messages.text("market.what.model", size)
                : messages.text("market.what.data", offering.files(), size);
    }

    String price(Credits price) {
        return price.isZero() ? messages.text("market.price.free") : numbers.money(price);
    }

    /** As the person would type it. */
    String typed(Credits price) {
        return local(ListingRules.typed(price));
    }

    String typed(int royaltyPoints) {
        return local(ListingRules.typed(royaltyPoints));
    }

    String fault(Field field, Fault fault) {
        return switch (field) {
            case OFFERING -> messages.text("market.fault.offering");
            case TITLE -> text(fault, messages.text("market.fault.title"), ListingRules.LONGEST_TITLE);
            case DESCRIPTION ->
                text(fault, messages.text("market.fault.description"), ListingRules.LONGEST_DESCRIPTION);
            case LICENCE -> text(fault, messages.text("market.fault.licence"), ListingRules.LONGEST_LICENCE);
            case PRICE ->
                fault == Fault.TOO_MUCH
                        ? messages.text("market.fault.price.most", ListingRules.MOST_DOLLARS)
                        : messages.text("market.fault.price", local("12.50"));
            case ROYALTY ->
                fault == Fault.TOO_MUCH
                        ? messages.text("market.fault.royalty.most", ListingRules.MOST_ROYALTY_PERCENT)
                        : messages.text("market.fault.royalty", local("2.5"));
        };
    }

    private String text(Fault fault, String missing, int longest) {
        return fault == Fault.TOO_LONG ? messages.text("market.fault.long", longest) : missing;
    }

    private String royalty(int points) {
        return points == 0 ? messages.text("market.royalty.none") : messages.text("market.royalty.some", typed(points));
    }

    private String local(String number) {
        return number.replace(
                '.', DecimalFormatSymbols.getInstance(messages.locale()).getDecimalSeparator());
    }

    private static Optional<String> written(String text) {
        return text.isBlank() ? Optional.empty() : Optional.of(text.strip());
    }

    private static boolean isModel(Offering offering) {
        return offering.kind() == Offering.Kind.MODEL;
    }
}
