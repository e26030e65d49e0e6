/** A sale in pictures: reads the topics of statistics and writes one HTML file that needs no network. */
package dev.dibs.standalone.report;
