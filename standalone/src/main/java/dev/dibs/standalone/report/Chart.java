package dev.dibs.standalone.report;

/** A place where the page's script draws. */
final class Chart {
    private Chart() {}

    /**
     * @param id by which the script knows it
     * @param title what it shows, with the unit
     * @param said what somebody who does not see it should know
     */
    static Html of(String id, String title, String said) {
        return Html.of(
                "<figure><figcaption>%s</figcaption>"
                        + "<div class=\"plot\" id=\"%s\" role=\"img\" aria-label=\"%s\"></div></figure>",
                Html.text(title), Html.text(id), Html.text(said));
    }
}
