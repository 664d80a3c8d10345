package io.patchbay.directory;

import io.patchbay.call.Extension;
import io.patchbay.call.Seat;
import io.patchbay.company.CompanyId;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The people of each company and what each connected system calls them. */
public interface Employees {

    /** By name, the dismissed too. */
    List<Employee> all(CompanyId company);

    Optional<Employee> find(CompanyId company, EmployeeId id);

    Employee add(CompanyId company, String name, Optional<String> email, Optional<Extension> extension, boolean active);

    /** Changes a known employee. */
    Employee save(Employee employee);

    /** Who sits at this place of a PBX: by the id there, by the extension there, else by the only active employee with this extension. */
    Optional<Employee> at(CompanyId company, long pbxConnection, Seat seat);

    Optional<String> idIn(EmployeeId employee, long connection);

    /** The ids of an employee by connection. */
    Map<Long, String> idsOf(EmployeeId employee);

    /** The ids of all employees of a company by connection; who has none is missing. */
    Map<EmployeeId, Map<Long, String>> ids(CompanyId company);

    Optional<Employee> withId(CompanyId company, long connection, String externalId);

    /** Sets by hand what a connected system calls an employee; takes the id from whoever had it. */
    void tie(EmployeeId employee, long connection, String externalId);

    /** Forgets what a connected system calls an employee. */
    void untie(EmployeeId employee, long connection);

    /** Whom a connected system listed last or was told by hand, by name: for choosing one. */
    List<ListedEmployee> listed(CompanyId company, long connection);

    /**
     * Takes over what a connected system lists: known people are found by id, then by extension, then by e-mail. Nobody is removed. A list
     * that is empty, or less than half as long as the one before, is held back whole.
     */
    MergeReport merge(CompanyId company, long connection, List<ListedEmployee> listed);

    /**
     * The same after a person said that a much shorter list is right.
     *
     * @param fewest as many as the person saw: a list that is shorter still is held back again, and an empty one always
     */
    MergeReport mergeShorter(CompanyId company, long connection, List<ListedEmployee> listed, int fewest);
}
