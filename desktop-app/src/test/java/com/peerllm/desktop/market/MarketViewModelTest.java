package com.peerllm.desktop.market;

import static org.assertj.core.api.Assertions.assertThat;

import com.peerllm.desktop.toolkit.Messages;
import com.peerllm.desktop.toolkit.Workbench;
import com.peerllm.shared.money.Credits;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class MarketViewModelTest {
    private final StagedMarket market = new StagedMarket();
    private final MarketViewModel model = model(Locale.US);
    private final ListingEditor editor = model.editor();

    @Test
    void whatIsDroppedOpensAFormThatItsHeaderFills() {
        model.offer(List.of(StagedMarket.MODEL));

        assertThat(model.editingProperty().get()).isTrue();
        assertThat(editor.title().textProperty().get()).isEqualTo("Field Notes 3B");
        assertThat(editor.licence().textProperty().get()).isEqualTo("apache-2.0");
        assertThat(editor.previewProperty().get().what()).contains("Model, 2.0\u00a0GB");
    }

    @Test
    void whatWasTypedIsNotOverwrittenByAHeader() {
        model.begin();
        editor.title().textProperty().set("My own name");
        model.offer(List.of(StagedMarket.MODEL));

        assertThat(editor.title().textProperty().get()).isEqualTo("My own name");
    }

    @Test
    void severalThingsAtOnceAreRefusedInWords() {
        model.offer(List.of(StagedMarket.MODEL, StagedMarket.DATA));

        assertThat(editor.lookTroubleProperty().get())
                .contains("A listing offers one model or one folder. Drop one at a time.");
        assertThat(market.asked).isEmpty();
    }

    @Test
    void faultsAreShownWhenItIsToBeKeptAndGoAsTheyAreMended() {
        model.begin();
        assertThat(editor.title().faultProperty().get()).isEmpty();

        editor.save();

        assertThat(market.listings.get()).isEmpty();
        assertThat(editor.offeringFaultProperty().get()).contains("Choose a model file or a folder first.");
        assertThat(editor.title().faultProperty().get()).contains("Give it a title.");
        assertThat(editor.price().faultProperty().get())
                .contains("Write dollars and cents, such as 12.50; 0 makes it free.");
        editor.title().textProperty().set("A title");
        assertThat(editor.title().faultProperty().get()).isEmpty();
    }

    @Test
    void aWholeFormIsKeptAndStandsInTheList() {
        write("12.50");

        assertThat(model.editingProperty().get()).isFalse();
        assertThat(model.lines())
                .singleElement()
                .satisfies(line -> assertThat(line.price()).isEqualTo("$12.50"));
        assertThat(market.listings.get().getFirst().draft().price()).isEqualTo(new Credits(12_500_000_000L));
    }

    @Test
    void aDraftIsChangedInItsPlace() {
        market.fill();

        model.edit("notes");
        assertThat(editor.price().textProperty().get()).isEqualTo("4.50");
        assertThat(editor.royalty().textProperty().get()).isEqualTo("2.5");
        assertThat(market.asked).contains("look field-notes-3b-q4_k_m.gguf");
        editor.price().textProperty().set("0");
        editor.save();

        assertThat(market.listings.get()).hasSize(3);
        assertThat(model.lines().getFirst().price()).isEqualTo("Free");
    }

    @Test
    void leavingTheFormKeepsNothing() {
        market.fill();
        model.edit("notes");
        editor.title().textProperty().set("Other");
        model.leave();

        assertThat(model.lines()).extracting(ListingLine::title).contains("Field Notes 3B");
        model.begin();
        assertThat(editor.title().textProperty().get()).isEmpty();
    }

    @Test
    void theListIsSearchedByAllWords() {
        market.fill();

        model.searchProperty().set("bird cc-by");

        assertThat(model.lines()).extracting(ListingLine::id).containsExactly("birds");
        model.searchProperty().set("");
        model.delete("birds");
        assertThat(model.lines()).extracting(ListingLine::id).containsExactly("glossary", "notes");
    }

    @Test
    void whatCannotBeLookedAtOrDeletedIsTold() {
        market.fill();
        market.breakDown();

        model.delete("birds");
        assertThat(model.troubleProperty().get())
                .hasValueSatisfying(text -> assertThat(text).contains("not a GGUF"));
        model.offer(List.of(StagedMarket.DATA));
        assertThat(editor.lookTroubleProperty().get()).isPresent();
        assertThat(editor.previewProperty().get().what()).isEmpty();
    }

    @Test
    void aGermanReadsAndWritesACommaInThePrice() {
        MarketViewModel german = model(Locale.GERMANY);
        market.fill();
        german.edit("notes");

        assertThat(german.editor().price().textProperty().get()).isEqualTo("4,50");
        german.editor().price().textProperty().set("7,25");
        german.editor().save();
        assertThat(market.listings.get().getFirst().draft().price()).isEqualTo(new Credits(7_250_000_000L));
        assertThat(german.lines().getFirst().price()).isEqualTo("7,25\u00a0$");
    }

    private void write(String price) {
        model.offer(List.of(StagedMarket.DATA));
        editor.title().textProperty().set("A title");
        editor.description().textProperty().set("What it is.");
        editor.licence().textProperty().set("CC0-1.0");
        editor.price().textProperty().set(price);
        editor.save();
    }

    private MarketViewModel model(Locale locale) {
        return new MarketViewModel(
                market.source(),
                new Workbench(Runnable::run, Runnable::run, InstantSource.system(), new Messages(locale), room -> {}));
    }
}
