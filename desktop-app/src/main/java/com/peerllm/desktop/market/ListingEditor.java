package com.peerllm.desktop.market;

import com.peerllm.desktop.toolkit.Errand;
import com.peerllm.desktop.toolkit.Workbench;
import com.peerllm.host.kernel.Cancellation;
import com.peerllm.host.listings.Listing;
import com.peerllm.host.listings.ListingDraft;
import com.peerllm.host.listings.ListingForm;
import com.peerllm.host.listings.ListingForm.Field;
import com.peerllm.host.listings.ListingRules;
import com.peerllm.host.listings.Look;
import com.peerllm.host.listings.Offering;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.value.ObservableValue;

/** The form of one listing: what is offered, what is typed, what is wrong, and how a buyer would see it. */
public final class ListingEditor {
    private final MarketSource.Keeping keeping;
    private final MarketWording wording;
    private final Errand looking;
    private final Errand saving;
    private final Runnable done;

    private final Map<Field, TypedField> fields = new EnumMap<>(Field.class);
    private final ReadOnlyObjectWrapper<Optional<Offering>> offering = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyObjectWrapper<Preview> preview = new ReadOnlyObjectWrapper<>();

    private Optional<String> id = Optional.empty();
    private Cancellation walk = new Cancellation();
    private boolean wanted;

    /** @param done called when a draft was kept */
    ListingEditor(MarketSource.Keeping keeping, MarketWording wording, Workbench bench, Runnable done) {
        this.keeping = keeping;
        this.wording = wording;
        this.done = done;
        looking = new Errand(bench);
        saving = new Errand(bench);
        for (Field field : Field.values()) {
            TypedField typed = new TypedField();
            typed.textProperty().addListener(change -> show());
            fields.put(field, typed);
        }
        offering.addListener(change -> show());
        looking.troubleProperty().addListener(change -> show());
        show();
    }

    /** An empty form. */
    void fresh() {
        open(Optional.empty());
        title().textProperty().set("");
        description().textProperty().set("");
        licence().textProperty().set("");
        price().textProperty().set("");
        royalty().textProperty().set(wording.typed(0));
        offering.set(Optional.empty());
    }

    /** The form of an earlier draft; what it offers is looked at again. */
    void of(Listing listing) {
        ListingDraft draft = listing.draft();
        open(Optional.of(listing.id()));
        title().textProperty().set(draft.title());
        description().textProperty().set(draft.description());
        licence().textProperty().set(draft.licence());
        price().textProperty().set(wording.typed(draft.price()));
        royalty().textProperty().set(wording.typed(draft.royaltyPoints()));
        offering.set(Optional.of(draft.offering()));
        look(draft.offering().path());
    }

    private void open(Optional<String> listing) {
        stopLooking();
        id = listing;
        wanted = false;
        looking.forget();
        saving.forget();
    }

    /** Looks at a file or a folder and offers it; what it says of itself fills fields that are still empty. */
    public void offer(Path path) {
        look(path);
    }

    /** More than one thing was dropped. */
    public void refuse(String sentence) {
        looking.refuse(sentence);
    }

    private void look(Path path) {
        walk.cancel();
        Cancellation mine = new Cancellation();
        walk = mine;
        looking.ask(() -> keeping.look(path, mine), this::take);
    }

    public void stopLooking() {
        walk.cancel();
    }

    private void take(Look look) {
        fill(title(), look.title());
        fill(licence(), look.licence());
        offering.set(Optional.of(look.offering()));
    }

    private static void fill(TypedField field, Optional<String> with) {
        if (field.text().isBlank()) with.ifPresent(field.textProperty()::set);
    }

    /** Keeps the draft, or shows what is wrong with it. */
    public void save() {
        wanted = true;
        show();
        ListingRules.check(form())
                .draft()
                .ifPresent(draft -> saving.ask(
                        () -> {
                            keeping.save(id, draft);
                            return draft;
                        },
                        kept -> done.run()));
    }

    private void show() {
        preview.set(wording.preview(form()));
        Map<Field, ListingRules.Fault> faults =
                wanted ? ListingRules.check(form()).faults() : Map.of();
        boolean told = looking.troubleProperty().get().isPresent();
        fields.forEach((field, typed) -> typed.blame(Optional.ofNullable(faults.get(field))
                .filter(fault -> !(told && field == Field.OFFERING))
                .map(fault -> wording.fault(field, fault))));
    }

    private ListingForm form() {
        return new ListingForm(
                offering.get(),
                title().text(),
                description().text(),
                licence().text(),
                price().text(),
                royalty().text());
    }

    public TypedField title() {
        return fields.get(Field.TITLE);
    }

    public TypedField description() {
        return fields.get(Field.DESCRIPTION);
    }

    public TypedField licence() {
        return fields.get(Field.LICENCE);
    }

    public TypedField price() {
        return fields.get(Field.PRICE);
    }

    public TypedField royalty() {
        return fields.get(Field.ROYALTY);
    }

    /** That nothing is offered yet, once the person wanted to keep the draft. */
    public ReadOnlyObjectProperty<Optional<String>> offeringFaultProperty() {
        return fields.get(Field.OFFERING).faultProperty();
    }

    /** Where what is offered lies. */
    public ObservableValue<Optional<String>> pathProperty() {
        return offering.map(some -> some.map(Offering::path).map(Path::toString));
    }

    public ReadOnlyObjectProperty<Preview> previewProperty() {
        return preview.getReadOnlyProperty();
    }

    public ReadOnlyBooleanProperty lookingProperty() {
        return looking.busyProperty();
    }

    public ReadOnlyObjectProperty<Optional<String>> lookTroubleProperty() {
        return looking.troubleProperty();
    }

    public ReadOnlyObjectProperty<Optional<String>> saveTroubleProperty() {
        return saving.troubleProperty();
    }

    public ReadOnlyBooleanProperty savingProperty() {
        return saving.busyProperty();
    }
}
