package dev.dibs.activity;

/** What the operator has decided; whether the sale runs also depends on its window. */
public enum ActivityState {
    /** Being set up; buyers do not see it. */
    DRAFT,
    /** Open to buyers within its window. */
    PUBLISHED,
    /** Visible, but grabs are refused for now. */
    PAUSED,
    /** Over, by the operator's word. */
    ENDED
}
