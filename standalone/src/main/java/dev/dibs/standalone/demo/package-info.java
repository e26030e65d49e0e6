/** A crowd of buyers over real HTTP, what it saw, and how that compares with the log. */
package dev.dibs.standalone.demo;
